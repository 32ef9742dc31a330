import { ActionIcon, Button, Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { IconDownload } from '../icons';
import { useIsPhone } from '../useIsPhone';

const formats = ['csv', 'xlsx', 'parquet'] as const;

interface Props { /** Nothing to write while the list is empty. */ disabled: boolean; loading: boolean; onExport: (format: (typeof formats)[number]) => void }

/** Everything that the list finds as a file, in one of three formats. */
export function ExportMenu({ disabled, loading, onExport }: Props) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const icon = <IconDownload size={16} aria-hidden />;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        {phone ? <ActionIcon variant="default" size="input-xs" aria-label={t('ui.export.open')} disabled={disabled} loading={loading}>{icon}</ActionIcon>
          : <Button variant="default" size="xs" leftSection={icon} disabled={disabled} loading={loading}>{t('ui.export.open')}</Button>}
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('ui.export.what')}</Menu.Label>
        {formats.map((format) => <Menu.Item key={format} onClick={() => onExport(format)}>{t(`segments.format.${format}`)}</Menu.Item>)}
      </Menu.Dropdown>
    </Menu>
  );
}
