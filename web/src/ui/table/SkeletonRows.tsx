import { Skeleton } from '@mantine/core';
import classes from './DataTable.module.css';

interface Props { /** The alignment of each column. */ columns: readonly ('end' | undefined)[]; selectable: boolean; rows?: number }

/** The rows of this very table before they have words: same columns, same heights, so nothing jumps. */
export function SkeletonRows({ columns, selectable, rows = 10 }: Props) {
  return (
    <tbody aria-hidden="true">
      {Array.from({ length: rows }, (_, row) => (
        <tr key={row} className={classes.skeletonRow}>
          {selectable ? <td className={classes.check} /> : null}
          {columns.map((align, column) => <td key={column} data-align={align}><Skeleton className={classes.skeleton} /></td>)}
        </tr>
      ))}
    </tbody>
  );
}
