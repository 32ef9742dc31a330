import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import { formatDate, formatNumber } from '@/lib/format';
import { ErrorState } from '@/ui/ErrorState';
import { IconUndo } from '@/ui/icons';
import { useLanguage } from '@/ui/useLanguage';
import { useWorkspace } from '@/ui/workspace';
import { resultOf, undoable } from './bulk';
import { Failures } from './Failures';
import classes from './Jobs.module.css';
import { isRunning, useJobs, useUndoJob, type Job } from './queries';

/** What a change of many customers came to: the sum, who was left as they were, and the way back. */
export function BulkOutcome({ job, onLeave }: { job: Job; onLeave: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { timeZone } = useWorkspace();
  const [shown, setShown] = useState(false);
  const undo = useUndoJob();
  const all = useJobs().data ?? [];
  const { changed, unchanged, failed, restored, kept } = resultOf(job);
  const number = (value: number) => formatNumber(value, language);
  const left = failed + kept;
  if (isRunning(job) || !job.result) return null;
  return (
    <>
      <p className={classes.facts}>
        {job.kind === 'customerBulk' ? t('jobs.bulk.sum', { changed: number(changed), unchanged: number(unchanged), failed: number(failed) }) : t('jobs.bulk.undone', { restored: number(restored), kept: number(kept) })}
      </p>
      {undo.error ? <ErrorState inline trouble={problemOf(undo.error)} /> : null}
      <Group gap="sm">
        {undoable(job, all, new Date()) ? <Button variant="default" size="compact-sm" leftSection={<IconUndo size={16} aria-hidden />} loading={undo.isPending} onClick={() => undo.mutate(job.id)}>{t('jobs.bulk.undo')}</Button> : null}
        {left > 0 ? <Button variant="subtle" size="compact-sm" aria-expanded={shown} onClick={() => setShown(!shown)}>{t('jobs.bulk.left', { count: left, shown: number(left) })}</Button> : null}
      </Group>
      {job.undoUntil && undoable(job, all, new Date()) ? <p className={classes.facts}>{t('jobs.bulk.until', { date: formatDate(new Date(job.undoUntil), language, timeZone) })}</p> : null}
      {shown ? <Failures jobId={job.id} onLeave={onLeave} /> : null}
    </>
  );
}
