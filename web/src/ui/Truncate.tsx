import type { ReactNode } from 'react';
import classes from './Truncate.module.css';

/** One line, an ellipsis when it does not fit, and then the whole text on hover. The tooltip is the browser's: a table may hold thousands. */
export function Truncate({ children }: { children: ReactNode }) {
  return (
    <span
      className={classes.root}
      onPointerEnter={({ currentTarget: span }) => {
        span.title = span.scrollWidth > span.clientWidth ? (span.textContent ?? '') : '';
      }}
    >
      {children}
    </span>
  );
}
