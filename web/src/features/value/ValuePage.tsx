import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Button } from '@mantine/core';
import { problemOf } from '@/api/problem';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { PageHeader } from '@/ui/PageHeader';
import { PageSkeleton } from '@/ui/PageSkeleton';
import { useUrlState } from '@/ui/useUrlState';
import { DayChoice } from './DayChoice';
import { ModelCard } from './ModelCard';
import { Picture } from './Picture';
import { usePicture, useRebuildJob } from './queries';
import { RebuildButton } from './RebuildButton';

const Insights = lazy(() => import('./Insights'));
const places = { asOf: '' };

export default function ValuePage() {
  const { t } = useTranslation();
  const [{ asOf }, setPlace] = useUrlState(places);
  const [jobId, setJobId] = useState<string>();
  const picture = usePicture(asOf);
  const job = useRebuildJob(jobId);
  const working = job !== undefined && !job.finishedAt;
  const rebuild = <RebuildButton working={working} onStarted={setJobId} />;
  const { data, error } = picture;
  return (
    <>
      <PageHeader title={t('value.title')} action={rebuild}><Link to="/value/pivot">{t('value.pivot.openPage')}</Link></PageHeader>
      {error ? <ErrorState inline={data !== undefined} trouble={problemOf(error)} onRetry={() => void picture.refetch()} /> : null}
      {data === undefined && !error ? <PageSkeleton /> : null}
      {data === null ? <EmptyState drawing="chart" title={t('value.unbuilt.title')} why={working ? t('value.unbuilt.working') : t('value.unbuilt.why')} /> : null}
      {data ? <DayChoice picture={data} onDay={(day) => setPlace({ asOf: day })} /> : null}
      {data?.notEnoughData ? <EmptyState drawing="chart" title={t('value.few.title')} why={t('value.few.why')} action={<Button component={Link} to="/imports" variant="default">{t('value.few.action')}</Button>} /> : null}
      {data && !data.notEnoughData ? <Picture picture={data} /> : null}
      {data && !data.notEnoughData && data.asOf === (data.days ?? [])[0] ? <Suspense fallback={null}><Insights picture={data} /></Suspense> : null}
      {data && !data.notEnoughData ? <ModelCard asOf={data.asOf} /> : null}
    </>
  );
}
