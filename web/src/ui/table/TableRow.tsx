import { Checkbox } from '@mantine/core';
import type { MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Column } from './column';
import classes from './DataTable.module.css';
import { PhoneCells } from './PhoneCells';

interface Props<T> {
  row: T; index: number; name: string; columns: readonly Column<T>[]; phone: boolean;
  tabStop: boolean; opened: boolean; selected?: boolean;
  onOpen: () => void; onSelect?: (extend: boolean) => void; onFocus: () => void;
}

const interactive = 'a, button, input, select, textarea, label, [role="menuitem"]';

export function TableRow<T>({ row, index, name, columns, phone, tabStop, opened, selected, onOpen, onSelect, onFocus }: Props<T>) {
  const { t } = useTranslation();
  const onClick = (event: MouseEvent<HTMLTableRowElement>) => {
    // A click on a control inside the row is that control's; selecting text must not open the record either.
    if ((event.target as Element).closest(interactive) || window.getSelection()?.type === 'Range') return;
    if (onSelect && (event.shiftKey || event.metaKey || event.ctrlKey)) onSelect(event.shiftKey);
    else onOpen();
  };
  return (
    <tr data-row={index} tabIndex={tabStop ? 0 : -1} aria-selected={selected} aria-current={opened || undefined} className={classes.row} onClick={onClick} onFocus={onFocus}>
      {onSelect ? (
        <td className={classes.check}>
          <Checkbox size="xs" tabIndex={-1} aria-label={t('ui.table.select', { name })} checked={selected ?? false}
            onChange={(event) => onSelect((event.nativeEvent as unknown as { shiftKey?: boolean }).shiftKey ?? false)} />
        </td>
      ) : null}
      {phone ? <PhoneCells row={row} columns={columns} />
        : columns.map((column) => <td key={column.id} data-align={column.align}><div className={classes.cell}>{column.cell(row)}</div></td>)}
    </tr>
  );
}
