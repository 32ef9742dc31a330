import { ActionIcon, Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { IconCheck, IconColumns } from '../icons';
import type { Column } from './column';
import type { TableView } from './useTableView';

export function ViewMenu<T>({ columns, view }: { columns: readonly Column<T>[]; view: TableView }) {
  const { t } = useTranslation();
  const check = <IconCheck size={16} aria-hidden />;
  const optional = columns.filter((column) => column.optional);
  return (
    <Menu>
      <Menu.Target><ActionIcon aria-label={t('ui.table.view')}><IconColumns size={18} /></ActionIcon></Menu.Target>
      <Menu.Dropdown mah="70vh" style={{ overflowY: 'auto' }}>
        <Menu.Label>{t('ui.table.density')}</Menu.Label>
        <Menu.RadioGroup value={view.compact ? 'compact' : 'normal'} onChange={(value) => view.setCompact(value === 'compact')}>
          <Menu.RadioItem value="normal" checkIcon={check}>{t('ui.table.comfortable')}</Menu.RadioItem>
          <Menu.RadioItem value="compact" checkIcon={check}>{t('ui.table.compact')}</Menu.RadioItem>
        </Menu.RadioGroup>
        {optional.length > 0 ? <Menu.Label>{t('ui.table.columns')}</Menu.Label> : null}
        {optional.map((column) => (
          <Menu.CheckboxItem key={column.id} checked={!view.hides(column)} checkIcon={check} onChange={() => view.toggleColumn(column.id)}>{column.header}</Menu.CheckboxItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
