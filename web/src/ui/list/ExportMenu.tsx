import { Button, Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { IconDownload } from '../icons';

const formats = ['csv', 'xlsx', 'parquet'] as const;

interface Props { /** Nothing to write while the list is empty. */ disabled: boolean; loading: boolean; onExport: (format: (typeof formats)[number]) => void }

/** Everything that the list finds as a file, in one of three formats. */
export function ExportMenu({ disabled, loading, onExport }: Props) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end">
      <Menu.Target><Button variant="default" size="xs" leftSection={<IconDownload size={16} aria-hidden />} disabled={disabled} loading={loading}>{t('ui.export.open')}</Button></Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('ui.export.what')}</Menu.Label>
        {formats.map((format) => <Menu.Item key={format} onClick={() => onExport(format)}>{t(`segments.format.${format}`)}</Menu.Item>)}
      </Menu.Dropdown>
    </Menu>
  );
}
