import type { ReactNode } from 'react';
import { Drawing, type DrawingName } from './drawings';
import classes from './States.module.css';

interface Props { drawing: DrawingName; title: string; /** One sentence: why it is empty. */ why: string; /** One action. */ action?: ReactNode }

export function EmptyState({ drawing, title, why, action }: Props) {
  return (
    <div className={classes.root}>
      <Drawing name={drawing} />
      <h2 className={classes.title}>{title}</h2>
      <p className={classes.why}>{why}</p>
      {action}
    </div>
  );
}
