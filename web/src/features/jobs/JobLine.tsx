import { Button, Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '@/lib/format';
import { When } from '@/ui/figures';
import { IconDownload } from '@/ui/icons';
import { StateBadge, type Tone } from '@/ui/StateBadge';
import { useLanguage } from '@/ui/useLanguage';
import { isBulk } from './bulk';
import { BulkOutcome } from './BulkOutcome';
import { exportIdOf, kindOf } from './job';
import classes from './Jobs.module.css';
import { isRunning, useCancelJob, useDownload, type Job } from './queries';

const tones: Record<string, Tone> = { queued: 'neutral', running: 'neutral', succeeded: 'good', partlyFailed: 'attention', failed: 'bad', canceled: 'neutral' };

export function JobLine({ job, onLeave }: { job: Job; onLeave: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const cancel = useCancelJob();
  const download = useDownload();
  const number = (value: number) => formatNumber(value, language);
  const kind = t(`jobs.kind.${kindOf(job.kind)}`);
  const total = job.total ?? 0;
  const done = job.done ?? 0;
  const failed = job.failed ?? 0;
  const exportId = exportIdOf(job.result);
  return (
    <li className={classes.line}>
      <div className={classes.head}><strong>{kind}</strong><StateBadge tone={tones[job.status] ?? 'neutral'}>{t(`jobs.status.${job.status}`)}</StateBadge></div>
      {isRunning(job) ? <Progress value={total > 0 ? (100 * done) / total : 0} animated={total === 0} aria-label={kind} /> : null}
      <p className={classes.facts}>
        <span>{total > 0 ? t('jobs.progress', { done: number(done), total: number(total) }) : t('jobs.progressUnknown', { done: number(done) })}</span>
        {failed > 0 ? <span>{t('jobs.failures', { count: failed, shown: number(failed) })}</span> : null}
        {job.finishedAt ?? job.startedAt ? <When at={job.finishedAt ?? job.startedAt ?? ''} /> : null}
      </p>
      {isRunning(job) ? <Button variant="default" size="compact-sm" loading={cancel.isPending} onClick={() => cancel.mutate(job.id)}>{t('jobs.cancel')}</Button> : null}
      {exportId ? <Button variant="default" size="compact-sm" leftSection={<IconDownload size={16} aria-hidden />} loading={download.isPending} onClick={() => download.mutate(exportId)}>{t('jobs.download')}</Button> : null}
      {isBulk(job) ? <BulkOutcome job={job} onLeave={onLeave} /> : null}
    </li>
  );
}
