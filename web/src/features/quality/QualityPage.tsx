import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import { ErrorState } from '@/ui/ErrorState';
import { PageHeader } from '@/ui/PageHeader';
import { PageSkeleton } from '@/ui/PageSkeleton';
import { useUrlState } from '@/ui/useUrlState';
import { Duplicates } from './Duplicates';
import { FieldTable } from './FieldTable';
import classes from './Quality.module.css';
import { sources } from './quality';
import { problems, useQuality } from './queries';
import { WorkList } from './WorkList';

const defaults = { source: '', field: '', problem: '' };

/** How good the customers' data is; every figure opens those behind it. */
export default function QualityPage() {
  const { t } = useTranslation();
  const [url, setUrl] = useUrlState(defaults);
  const { data, error, refetch } = useQuality();
  const source = sources.find((each) => each === url.source);
  const problem = problems.find((each) => each === url.problem);
  if (!data) return error ? <><PageHeader title={t('quality.title')} /><ErrorState trouble={problemOf(error)} onRetry={() => void refetch()} /></> : <PageSkeleton />;
  const came = [{ value: '', label: t('quality.allSources') }, ...(data.sources ?? []).map((each) => ({ value: each.source, label: t(`quality.source.${each.source}`) }))];
  return (
    <>
      <PageHeader title={t('quality.title')} />
      <div className={classes.page}>
        <NativeSelect className={classes.choice} label={t('quality.came')} value={source ?? ''} data={came} onChange={({ currentTarget }) => setUrl({ source: currentTarget.value })} />
        <FieldTable figures={data} source={source} onOpen={(field, opened) => setUrl({ field, problem: opened })} />
        {url.field && problem ? <WorkList key={`${url.field} ${problem} ${source ?? ''}`} field={url.field} problem={problem} source={source} onClose={() => setUrl({ field: '', problem: '' })} /> : null}
        <Duplicates groups={data.duplicates.groups} customers={data.duplicates.customers} />
      </div>
    </>
  );
}
