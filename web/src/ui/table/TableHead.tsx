import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { nextSort, readSort, type Column } from './column';
import classes from './DataTable.module.css';
import type { Selection } from './useSelection';

interface Props<T> { columns: readonly Column<T>[]; sort?: string; onSort?: (sort: string) => void; selection?: Selection; loaded: readonly string[] }

export function TableHead<T>({ columns, sort, onSort, selection, loaded }: Props<T>) {
  const { t } = useTranslation();
  const chosen = selection ? loaded.filter((id) => selection.ids.has(id)).length : 0;
  return (
    <thead>
      <tr>
        {selection ? (
          <th scope="col" className={classes.check}>
            <Checkbox size="xs" aria-label={t('ui.table.selectAll')} disabled={loaded.length === 0}
              checked={chosen > 0 && chosen === loaded.length} indeterminate={chosen > 0 && chosen < loaded.length} onChange={selection.toggleAll} />
          </th>
        ) : null}
        {columns.map((column) => <HeadCell key={column.id} column={column} sort={sort} onSort={onSort} />)}
      </tr>
    </thead>
  );
}

function HeadCell<T>({ column, sort, onSort }: { column: Column<T>; sort?: string; onSort?: (sort: string) => void }) {
  const field = column.sort;
  const now = readSort(sort);
  const active = field !== undefined && now.field === field;
  const order = active ? (now.descending ? 'descending' : 'ascending') : undefined;
  return (
    <th scope="col" aria-sort={order} data-align={column.align} data-width={column.width}>
      {field && onSort ? (
        <button type="button" className={classes.sort} onClick={() => onSort(nextSort(sort, field))}>
          {column.header}{order ? <span className={classes.arrow} data-order={order} aria-hidden="true" /> : null}
        </button>
      ) : column.header}
    </th>
  );
}
