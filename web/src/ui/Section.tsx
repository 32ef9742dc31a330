import { useId, type ReactNode } from 'react';
import classes from './Section.module.css';

interface Props { title: string; /** Beside the heading, at the end. */ action?: ReactNode; children: ReactNode }

/** A titled part of a page, told apart by air and a heading, not by a box. */
export function Section({ title, action, children }: Props) {
  const heading = useId();
  return (
    <section className={classes.root} aria-labelledby={heading}>
      <div className={classes.head}><h2 id={heading} className={classes.title}>{title}</h2>{action}</div>
      {children}
    </section>
  );
}
