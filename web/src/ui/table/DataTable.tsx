import { Button } from '@mantine/core';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState, type Trouble } from '../ErrorState';
import { useIsPhone } from '../useIsPhone';
import type { Column, More } from './column';
import classes from './DataTable.module.css';
import { SkeletonRows } from './SkeletonRows';
import { TableHead } from './TableHead';
import { TableRow } from './TableRow';
import type { Selection } from './useSelection';
import { useRowKeys } from './useRowKeys';
import { useTableView } from './useTableView';
import { ViewMenu } from './ViewMenu';

export interface DataTableProps<T> {
  /** Key of the kept density and columns. */
  id: string;
  /** What a screen reader calls the table. */
  label: string;
  columns: readonly Column<T>[];
  /** undefined while the first page loads. */
  rows: readonly T[] | undefined;
  rowId: (row: T) => string;
  rowName: (row: T) => string;
  total?: number;
  openId?: string;
  onOpen: (row: T | undefined) => void;
  onEdit?: (row: T) => void;
  sort?: string;
  onSort?: (sort: string) => void;
  selection?: Selection;
  filters?: ReactNode;
  empty: ReactNode;
  trouble?: Trouble | null;
  onRetry?: () => void;
  more?: More;
}

export function DataTable<T>(props: DataTableProps<T>) {
  const { id, label, rows, rowId, rowName, selection, onOpen, onEdit, openId, empty, trouble, more } = props;
  const { t } = useTranslation();
  const phone = useIsPhone();
  const view = useTableView(id);
  const columns = useMemo(() => props.columns.filter((column) => !view.hides(column)), [props.columns, view]);
  const shown = rows ?? [];
  const at = (index: number, then: (row: T) => void) => { const row = shown[index]; if (row !== undefined) then(row); };
  const keys = useRowKeys({
    count: shown.length,
    open: (index) => at(index, onOpen),
    select: selection ? (index, extend, from) => at(index, (row) => selection.toggle(rowId(row), extend, shown[from] && rowId(shown[from]))) : undefined,
    edit: onEdit ? (index) => at(index, onEdit) : undefined,
    leave: () => {
      if (openId) onOpen(undefined);
      else if (selection && selection.ids.size > 0) selection.clear();
      else (document.activeElement as HTMLElement | null)?.blur();
    },
  });
  const loading = rows === undefined && !trouble;
  const retry = props.onRetry;
  const nothing = !loading && shown.length === 0;

  return (
    <div className={classes.root} data-compact={view.compact || undefined} data-phone={phone || undefined}>
      <div className={classes.tools}><div className={classes.filters}>{props.filters}</div>{phone ? null : <ViewMenu columns={props.columns} view={view} />}</div>
      {trouble && shown.length > 0 ? <ErrorState inline trouble={trouble} kept={t('ui.table.kept')} onRetry={retry} /> : null}
      {nothing ? (trouble ? <ErrorState trouble={trouble} onRetry={retry} /> : empty) : (
        <div className={classes.scroll}>
          <table role="grid" aria-label={label} aria-busy={loading} aria-rowcount={props.total ?? -1} aria-multiselectable={selection ? true : undefined}
            className={classes.table} style={{ '--columns': columns.length } as React.CSSProperties} onKeyDown={keys.onKeyDown} tabIndex={-1}>
            {phone ? null : <TableHead columns={columns} sort={props.sort} onSort={props.onSort} selection={selection} loaded={shown.map(rowId)} />}
            {loading ? <SkeletonRows columns={phone ? [undefined] : columns.map(({ align }) => align)} selectable={selection !== undefined} /> : (
              <tbody>
                {shown.map((row, index) => (
                  <TableRow key={rowId(row)} row={row} index={index} name={rowName(row)} columns={columns} phone={phone}
                    tabStop={keys.at === index} opened={openId === rowId(row)} selected={selection ? selection.everything || selection.ids.has(rowId(row)) : undefined}
                    onOpen={() => onOpen(row)} onSelect={selection ? (extend) => selection.toggle(rowId(row), extend) : undefined} onFocus={() => keys.setCursor(index)} />
                ))}
              </tbody>
            )}
          </table>
          {more?.has && !loading ? <div className={classes.more}><Button variant="default" loading={more.loading} onClick={more.load}>{t('ui.table.more')}</Button></div> : null}
        </div>
      )}
    </div>
  );
}
