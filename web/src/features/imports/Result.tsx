import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { formatDate, formatNumber } from '@/lib/format';
import { useLanguage } from '@/ui/useLanguage';
import { useWorkspace } from '@/ui/workspace';
import { Balance } from './Balance';
import { FileRows } from './FileRows';
import { kindOf, statusOf, type ImportDetail } from './import';
import classes from './Imports.module.css';
import { Problems } from './Problems';
import { UndoImport } from './UndoImport';

const where = { customers: '/customers', orders: '/customers', leads: '/leads' } as const;

/** What came of the file, in a sum that balances, and the way back. */
export function Result({ detail }: { detail: ImportDetail }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { timeZone } = useWorkspace();
  const number = (value: number) => formatNumber(value, language);
  const status = statusOf(detail.status);
  const kind = kindOf(detail.kind);
  const { created, updated, failed } = detail.counts;
  const { undo } = detail;
  if (status === 'undone') {
    return (
      <section aria-label={t('imports.status.undone')}>
        <p className={classes.lead}>{t('imports.undone.title')}</p>
        {undo ? <p>{t('imports.undone.counts', { removed: number(undo.removed), restored: number(undo.restored) })} {undo.kept > 0 ? t('imports.undone.kept', { count: undo.kept, shown: number(undo.kept) }) : null}</p> : null}
        <Balance counts={detail.counts} />
      </section>
    );
  }
  const gone = detail.filesUntil !== undefined && new Date(detail.filesUntil) < new Date();
  const never = status === 'canceled' && !detail.committedAt;
  return (
    <section aria-label={t('imports.step.bring')}>
      <p className={classes.lead}>{never ? t('imports.result.never') : status === 'canceled' ? t('imports.result.stopped') : t(`imports.result.${kind}`, { count: created + updated, shown: number(created + updated) })}</p>
      {never ? null : <Balance counts={detail.counts} />}
      <div className={classes.actions}>
        <UndoImport detail={detail} />
        {never ? <Button component={Link} to={`/imports/new?kind=${kind}`}>{t('imports.start')}</Button> : <Button component={Link} to={where[kind]}>{t(`imports.result.see.${kind}`)}</Button>}
      </div>
      {gone ? <p className={classes.hint}>{t('imports.result.gone')}</p> : failed > 0 && !never ? <Problems detail={detail} /> : <FileRows detail={detail} />}
      {detail.filesUntil && !gone ? <p className={classes.hint}>{t('imports.result.kept', { date: formatDate(new Date(detail.filesUntil), language, timeZone) })}</p> : null}
    </section>
  );
}
