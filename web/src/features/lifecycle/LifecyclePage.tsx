import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { PageHeader } from '@/ui/PageHeader';
import { PageSkeleton } from '@/ui/PageSkeleton';
import { Section } from '@/ui/Section';
import { useUrlState } from '@/ui/useUrlState';
import { EditRules } from './EditRules';
import { FlowTable } from './FlowTable';
import { History } from './History';
import classes from './Lifecycle.module.css';
import { MonthChoice } from './MonthChoice';
import { useLifecycle, useRebuildJob, useRules, type Lifecycle } from './queries';
import { StageTiles } from './StageTiles';

const FlowChart = lazy(() => import('./FlowChart'));
const places = { from: '', to: '' };

export default function LifecyclePage() {
  const { t } = useTranslation();
  const [{ from, to }, setPlace] = useUrlState(places);
  const [editing, setEditing] = useState(false);
  const [jobId, setJobId] = useState<string>();
  const { data, error, refetch } = useLifecycle(from, to);
  const rules = useRules().data;
  const job = useRebuildJob(jobId);
  const working = job !== undefined && !job.finishedAt;
  return (
    <>
      <PageHeader title={t('lifecycle.title')} action={<Button loading={working} disabled={!rules} onClick={() => setEditing(true)}>{t('lifecycle.rules.open')}</Button>} />
      {error ? <ErrorState inline={data !== undefined} trouble={problemOf(error)} onRetry={() => void refetch()} /> : null}
      {data === undefined && !error ? <PageSkeleton /> : null}
      {data === null ? <EmptyState drawing="chart" title={t('lifecycle.unbuilt.title')} why={working ? t('lifecycle.unbuilt.working') : t('lifecycle.unbuilt.why')} /> : null}
      {data ? <Whole data={data} onMonths={setPlace} /> : null}
      {rules ? <EditRules rules={rules} opened={editing} onClose={() => setEditing(false)} onStarted={setJobId} /> : null}
    </>
  );
}

function Whole({ data, onMonths }: { data: Lifecycle; onMonths: (months: { from?: string; to?: string }) => void }) {
  const { t } = useTranslation();
  return (
    <div className={classes.root}>
      <MonthChoice data={data} onMonths={onMonths} />
      <StageTiles data={data} />
      {data.from ? (
        <Section title={t('lifecycle.flow.title', { from: data.from, to: data.to })}>
          <Suspense fallback={<div className={classes.waiting} aria-busy="true" />}><FlowChart data={data} /></Suspense>
          <FlowTable data={data} />
        </Section>
      ) : <p className={classes.quiet}>{t('lifecycle.flow.none')}</p>}
      <Section title={t('lifecycle.history.title')}><History data={data} /></Section>
    </div>
  );
}
