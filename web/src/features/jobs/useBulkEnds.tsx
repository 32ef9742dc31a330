import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '@/lib/format';
import { useLanguage } from '@/ui/useLanguage';
import classes from './Jobs.module.css';
import { endedSince, resultOf } from './bulk';
import { undoJob, useJobs, type Job } from './queries';

/** How long the lake may take to know what a job did, with some room. */
const lakeLag = 4_000;

/** The note that a job has ended; under the job's own id stands the one that it began. */
const ended = (jobId: string) => `${jobId}.ended`;

/** Watches the jobs, wherever the person is: when a change of many customers ends, what is on the screen is read anew and a note says what it came to, with Undo. */
export function useBulkEnds(): void {
  const { t } = useTranslation();
  const language = useLanguage();
  const client = useQueryClient();
  const jobs = useJobs().data;
  const before = useRef<readonly Job[]>([]);
  useEffect(() => {
    if (!jobs) return;
    const over = endedSince(before.current, jobs);
    before.current = jobs;
    if (over.length === 0) return;
    const refresh = () => { for (const key of ['customers', 'customer', 'segments']) void client.invalidateQueries({ queryKey: [key] }); };
    refresh();
    setTimeout(refresh, lakeLag);
    for (const job of over) {
      notifications.hide(job.id); // that it began
      const { changed, restored } = resultOf(job);
      const count = changed + restored;
      const said = job.kind === 'customerBulk' ? 'jobs.bulk.ended' : 'jobs.bulk.back';
      const undo = () => { notifications.hide(ended(job.id)); void undoJob(client, job.id).catch(() => undefined); };
      notifications.show({
        id: ended(job.id), autoClose: 10_000, closeButtonProps: { 'aria-label': t('ui.close') },
        message: (
          <div className={classes.toast}>
            <span>{t(said, { count, shown: formatNumber(count, language) })}</span>
            {job.undoUntil ? <Button variant="subtle" size="compact-sm" onClick={undo}>{t('jobs.bulk.undo')}</Button> : null}
          </div>
        ),
      });
    }
  }, [client, jobs, language, t]);
}
