import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { problemOf } from '@/api/problem';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { PageHeader } from '@/ui/PageHeader';
import { useUrlState } from '@/ui/useUrlState';
import { useWorkspace } from '@/ui/workspace';
import classes from './Pivot.module.css';
import { askOf, defaults, fileOf, measures, oneOf, periodName, steps } from './pivot';
import { PivotForm } from './PivotForm';
import { PivotGrid } from './PivotGrid';
import { usePivot, type PivotTable } from './queries';
import { SaveCsv } from '@/ui/SaveCsv';
import { usePivotNames } from './usePivotNames';

/** What customers bought, by a property of theirs and by period (OLAP pivot). All of its state is in the address. */
export default function PivotPage() {
  const { t } = useTranslation();
  const { timeZone } = useWorkspace();
  const [chosen, setChosen] = useUrlState(defaults);
  const { options, nameOf } = usePivotNames(chosen.rows);
  const { data, error, refetch, isPlaceholderData } = usePivot(askOf(chosen, new Date(), timeZone));
  const step = oneOf(steps, chosen.columns, 'month');
  const head = options.find(({ value }) => value === chosen.rows)?.label ?? chosen.rows;
  const rows = (table: PivotTable) => fileOf(table, { head: [head, t('value.pivot.period'), t('value.pivot.by.revenue'), t('value.pivot.currency'), t('value.pivot.by.orders'), t('value.pivot.by.buyers')], total: t('value.pivot.total'), name: nameOf, period: (first) => periodName(first, step) });
  return (
    <>
      <PageHeader title={t('value.pivot.title')} />
      <p className={classes.why}><Link to="/value">{t('value.title')}</Link> · {t('value.pivot.why')}</p>
      <PivotForm chosen={chosen} rows={options} onChange={setChosen} />
      {error ? <ErrorState inline={data !== undefined} trouble={problemOf(error)} onRetry={() => void refetch()} /> : null}
      {data === undefined && !error ? <div className={classes.waiting} aria-busy="true" /> : null}
      {data?.rows.length === 0 ? <EmptyState drawing="chart" title={t('value.pivot.empty.title')} why={t('value.pivot.empty.why')} /> : null}
      {data && data.rows.length > 0 ? (
        <div aria-busy={isPlaceholderData}>
          <PivotGrid table={data} measure={oneOf(measures, chosen.measure, 'revenue')} step={step} head={head} nameOf={nameOf} />
          <SaveCsv name={t('value.pivot.file')} rows={() => rows(data)} />
        </div>
      ) : null}
    </>
  );
}
