import { Skeleton } from '@mantine/core';
import classes from './DataTable.module.css';

/** The rows of this very table before they have words: same columns, same heights, so nothing jumps. */
export function SkeletonRows({ columns, rows = 10 }: { columns: number; rows?: number }) {
  return (
    <tbody aria-hidden="true">
      {Array.from({ length: rows }, (_, row) => (
        <tr key={row} className={classes.skeletonRow}>
          {Array.from({ length: columns }, (__, column) => <td key={column}><Skeleton className={classes.skeleton} /></td>)}
        </tr>
      ))}
    </tbody>
  );
}
