import { Button, Progress } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import { formatNumber, formatPercent } from '@/lib/format';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { ErrorState } from '@/ui/ErrorState';
import { useLanguage } from '@/ui/useLanguage';
import { Balance } from './Balance';
import { statusOf, type ImportDetail } from './import';
import classes from './Imports.module.css';
import { useCancelImport, useStartAgain } from './queries';
import { usePace } from './usePace';

/** A job at work: how far, how fast, how long still, and the counts so far, which add up at every moment. */
export function Working({ detail }: { detail: ImportDetail }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [asking, setAsking] = useState(false);
  const cancel = useCancelImport(detail.id);
  const status = statusOf(detail.status);
  const { row = 0, offset = 0, bytes = 0 } = detail.progress ?? {};
  const share = detail.rows ? row / detail.rows : bytes > 0 ? offset / bytes : 0;
  const pace = usePace(row, share);
  const number = (value: number) => formatNumber(value, language);
  const title = t(`imports.working.${status === 'checking' ? 'checking' : status === 'undoing' ? 'undoing' : 'committing'}`);
  const again = useStartAgain(detail.id, status);
  const gaveUp = detail.progress?.gaveUp ?? false;
  const stop = () => { if (status === 'checking') cancel.mutate(); else setAsking(true); };
  return (
    <section className={classes.working} aria-label={title}>
      <p className={classes.lead} role="status">{title} <strong>{formatPercent(share, language, 0)}</strong></p>
      <Progress value={share * 100} animated={share === 0 && !gaveUp} aria-label={title} />
      <p className={classes.facts}>
        <span>{t('imports.working.read', { shown: number(row) })}</span>
        {pace ? <span>{t('imports.working.rate', { shown: number(pace.rate) })}</span> : null}
        {pace ? <span>{t('imports.working.left', { count: pace.secondsLeft, shown: number(pace.secondsLeft) })}</span> : null}
      </p>
      {status === 'undoing' || detail.counts.read === 0 ? null : <Balance counts={detail.counts} check={status === 'checking'} />}
      {gaveUp ? <ErrorState inline trouble={{ message: '', detail: t('imports.working.gaveUp') }} kept={t('imports.working.kept')} onRetry={() => again.mutate()} /> : null}
      {again.error ? <ErrorState inline trouble={problemOf(again.error)} /> : null}
      {cancel.error ? <ErrorState inline trouble={problemOf(cancel.error)} /> : null}
      {status === 'undoing' ? null : <Button variant="default" loading={cancel.isPending} onClick={stop}>{t('imports.stop')}</Button>}
      <ConfirmDialog opened={asking} title={t('imports.stopAsk.title')} confirm={t('imports.stop')} onConfirm={() => cancel.mutateAsync()} onClose={() => setAsking(false)}>{t('imports.stopAsk.why')}</ConfirmDialog>
    </section>
  );
}
