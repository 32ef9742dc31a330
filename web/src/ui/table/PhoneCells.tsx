import type { Column } from './column';
import classes from './DataTable.module.css';

/** A row at 390 px: title and aside on the first line, the rest on the second. */
export function PhoneCells<T>({ row, columns }: { row: T; columns: readonly Column<T>[] }) {
  const placed = (place: Column<T>['phone']) => columns.filter((column, i) => (column.phone ?? (i === 0 ? 'title' : 'line')) === place);
  return (
    <td>
      <div className={classes.lines}>
        <div className={classes.title}>{placed('title').map((column) => <span key={column.id}>{column.cell(row)}</span>)}</div>
        <div className={classes.aside}>{placed('aside').map((column) => <span key={column.id}>{column.cell(row)}</span>)}</div>
        <div className={classes.second}>{placed('line').map((column) => <span key={column.id}>{column.cell(row)}</span>)}</div>
      </div>
    </td>
  );
}
