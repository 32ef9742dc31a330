import type { ReactNode } from 'react';
import classes from './ListPage.module.css';
import { PageHeader } from './PageHeader';

interface Props { title: string; count?: number; action?: ReactNode; /** Saved views as tabs. */ views?: ReactNode; /** The DataTable. */ children: ReactNode; bulk?: ReactNode; /** The SidePanel of the open record, or nothing. */ panel?: ReactNode }

/** The one anatomy: header, views, table that fills the rest of the screen, bulk bar, panel. */
export function ListPage({ title, count, action, views, children, bulk, panel }: Props) {
  return (
    <div className={classes.root}>
      <PageHeader title={title} count={count} action={action} />
      {views}
      {children}
      {bulk}
      {panel}
    </div>
  );
}
