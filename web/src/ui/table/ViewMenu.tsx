import { ActionIcon, Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { IconCheck, IconColumns } from '../icons';
import type { Column } from './column';
import type { TableView } from './useTableView';

export function ViewMenu<T>({ columns, view }: { columns: readonly Column<T>[]; view: TableView }) {
  const { t } = useTranslation();
  const mark = (on: boolean) => (on ? <IconCheck size={16} aria-hidden /> : null);
  const optional = columns.filter((column) => column.optional);
  return (
    <Menu closeOnItemClick={false}>
      <Menu.Target><ActionIcon aria-label={t('ui.table.view')}><IconColumns size={18} /></ActionIcon></Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('ui.table.density')}</Menu.Label>
        <Menu.Item role="menuitemradio" aria-checked={!view.compact} rightSection={mark(!view.compact)} onClick={() => view.setCompact(false)}>{t('ui.table.comfortable')}</Menu.Item>
        <Menu.Item role="menuitemradio" aria-checked={view.compact} rightSection={mark(view.compact)} onClick={() => view.setCompact(true)}>{t('ui.table.compact')}</Menu.Item>
        {optional.length > 0 ? <Menu.Label>{t('ui.table.columns')}</Menu.Label> : null}
        {optional.map(({ id, header }) => (
          <Menu.Item key={id} role="menuitemcheckbox" aria-checked={!view.hidden.has(id)} rightSection={mark(!view.hidden.has(id))} onClick={() => view.toggleColumn(id)}>{header}</Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
