import type { ReactNode } from 'react';
import classes from './PageHeader.module.css';
import { Quantity } from './figures';
import { useTitle } from './useTitle';

interface Props { title: string; /** Exact or absent; never an estimate. */ count?: number; /** The one primary action. */ action?: ReactNode; children?: ReactNode }

/** Title of a page, of the document and of the route announcement, all three at once. */
export function PageHeader({ title, count, action, children }: Props) {
  useTitle(title);
  return (
    <header className={classes.root}>
      <div className={classes.words}>
        <h1 className={classes.title}>{title}</h1>
        {count === undefined ? null : <span className={classes.count}><Quantity value={count} /></span>}
        {children}
      </div>
      {action ? <div className={classes.action}>{action}</div> : null}
    </header>
  );
}
