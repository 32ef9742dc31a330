import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { writeCsv } from '@/lib/csv';
import { saveFile } from '@/lib/saveFile';
import { IconDownload } from './icons';

/** Takes the figures of a chart along as a file; numbers as programs read them. */
export function SaveCsv({ rows, name }: { rows: () => string[][]; name: string }) {
  const { t } = useTranslation();
  const save = () => saveFile(new Blob([writeCsv(rows())], { type: 'text/csv' }), name);
  return <Button variant="default" size="compact-sm" leftSection={<IconDownload size={16} aria-hidden />} onClick={save}>{t('ui.saveCsv')}</Button>;
}
