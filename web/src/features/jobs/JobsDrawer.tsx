import { Drawer } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { PageSkeleton } from '@/ui/PageSkeleton';
import { JobLine } from './JobLine';
import classes from './Jobs.module.css';
import { useJobs } from './queries';

export default function JobsDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useJobs();
  return (
    <Drawer opened onClose={onClose} title={t('jobs.title')} size="md" closeButtonProps={{ 'aria-label': t('ui.close') }}>
      {error ? <ErrorState inline={data !== undefined} trouble={error} onRetry={() => void refetch()} /> : null}
      {!data && !error ? <PageSkeleton /> : null}
      {data?.length === 0 ? <EmptyState drawing="file" title={t('jobs.empty.title')} why={t('jobs.empty.why')} /> : null}
      <ul className={classes.list}>{(data ?? []).map((job) => <JobLine key={job.id} job={job} onLeave={onClose} />)}</ul>
    </Drawer>
  );
}
