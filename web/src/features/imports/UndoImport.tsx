import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate, formatNumber } from '@/lib/format';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { IconUndo } from '@/ui/icons';
import { useLanguage } from '@/ui/useLanguage';
import { useWorkspace } from '@/ui/workspace';
import { undoUntil, type ImportDetail } from './import';
import classes from './Imports.module.css';
import { useUndoImport } from './queries';

/** For 30 days everything an import did can be taken back. */
export function UndoImport({ detail }: { detail: ImportDetail }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { timeZone } = useWorkspace();
  const [asking, setAsking] = useState(false);
  const undo = useUndoImport(detail.id);
  const until = undoUntil(detail, new Date());
  const { created, updated } = detail.counts;
  if (!until || created + updated === 0) return null;
  const number = (value: number) => formatNumber(value, language);
  return (
    <>
      <span className={classes.hint}>{t('imports.undo.until', { date: formatDate(until, language, timeZone) })}</span>
      <Button variant="default" leftSection={<IconUndo size={16} aria-hidden />} onClick={() => setAsking(true)}>{t('imports.undo.action')}</Button>
      <ConfirmDialog opened={asking} danger title={t('imports.undo.title')} confirm={t('imports.undo.action')} onConfirm={() => undo.mutateAsync()} onClose={() => setAsking(false)}>
        {t('imports.undo.why', { created: number(created), updated: number(updated) })}
      </ConfirmDialog>
    </>
  );
}
