import type { Column } from '../table/column';
import type { TableView } from '../table/useTableView';

type Place = Pick<Column<never>, 'id' | 'optional' | 'rare'>;

/** A list as its address has it. */
export interface ListAddress { q: string; filter: string; sort: string; by: string }

/** A list as a saved view keeps it. */
export interface Kept { q?: string; filter?: string; sort?: string; groupBy?: string; columns?: string[] | null; layout?: string }

/** The list as it is now, to be kept as a view. */
export function viewOf({ q, filter, sort, by }: ListAddress, columns: readonly Place[], table: TableView) {
  return {
    ...(q ? { q } : {}), ...(filter ? { filter } : {}), ...(sort ? { sort } : {}), ...(by ? { groupBy: by } : {}),
    columns: columns.filter((column) => !table.hides(column)).map(({ id }) => id), layout: table.compact ? 'compact' as const : 'comfortable' as const,
  };
}

/** Shows a table as a view kept it, and returns the address of its list; without a view, that of everything. */
export function openView(view: Kept & { id: string } | undefined, columns: readonly Place[], table: TableView): ListAddress & { view: string } {
  if (view?.columns) table.show(view.columns, columns);
  if (view) table.setCompact(view.layout === 'compact');
  return { view: view?.id ?? '', q: view?.q ?? '', filter: view?.filter ?? '', sort: view?.sort ?? '', by: view?.groupBy ?? '' };
}
