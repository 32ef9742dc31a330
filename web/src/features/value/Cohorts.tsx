import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { problemOf } from '@/api/problem';
import { formatMoney, formatMoneyShort, formatNumber, formatPercent, type MoneyValue } from '@/lib/format';
import { ErrorState } from '@/ui/ErrorState';
import { Quantity } from '@/ui/figures';
import { SaveCsv } from '@/ui/SaveCsv';
import { ScrollRegion } from '@/ui/ScrollRegion';
import { Section } from '@/ui/Section';
import { useLanguage } from '@/ui/useLanguage';
import classes from './Insights.module.css';
import { useCohorts, type Cohort, type CohortMonth } from './queries';
import { segmentPath } from './rules';

type Measure = 'retention' | 'revenue';
const measures = ['retention', 'revenue'] as const;
const shades = 5;
const amountOf = ({ revenue }: { revenue: MoneyValue }) => Number(revenue.amount);

/** Customers by the month of their first order: how many came back in each month since, or what they brought. */
export function Cohorts() {
  const { t } = useTranslation();
  const [measure, setMeasure] = useState<Measure>('retention');
  const { data, error, refetch } = useCohorts();
  const choice = <SegmentedControl aria-label={t('value.cohorts.choice')} value={measure} onChange={(value) => setMeasure(value === 'revenue' ? 'revenue' : 'retention')} data={measures.map((value) => ({ value, label: t(`value.cohorts.${value}`) }))} />;
  return (
    <Section title={t('value.cohorts.title')}>
      <div className={classes.choice}>{choice}</div>
      {error ? <ErrorState inline trouble={problemOf(error)} onRetry={() => void refetch()} /> : null}
      {data?.cohorts.length === 0 ? <p className={classes.quiet}>{t('value.cohorts.none')}</p> : null}
      {data && data.cohorts.length > 0 ? <Triangle cohorts={data.cohorts} measure={measure} /> : null}
      {data || error ? null : <div className={classes.waiting} aria-busy="true" />}
    </Section>
  );
}

function Triangle({ cohorts, measure }: { cohorts: readonly Cohort[]; measure: Measure }) {
  const { t } = useTranslation();
  const width = Math.max(...cohorts.flatMap(({ months }) => months.map(({ since }) => since)));
  const columns = Array.from({ length: width + 1 }, (_, since) => since);
  const most = Math.max(0, ...cohorts.flatMap(({ months }) => months.filter(({ since }) => since > 0 || measure === 'revenue').map(measure === 'revenue' ? amountOf : ({ retention }) => retention)));
  const rows = () => [[t('value.cohorts.first'), t('value.cohorts.month'), t('value.cohorts.people'), t('value.cohorts.buyers'), t('value.cohorts.retention'), t('value.cohorts.revenue')],
    ...cohorts.flatMap((cohort) => cohort.months.map((m) => [cohort.month, m.month, String(cohort.customers), String(m.buyers), String(m.retention), m.revenue.amount]))];
  return (
    <>
      <ScrollRegion name={t('value.cohorts.title')} className={classes.wide}>
        <table className={classes.cohorts}>
          <caption>{t('value.cohorts.caption')}</caption>
          <thead><tr><th scope="col">{t('value.cohorts.first')}</th><th scope="col">{t('value.cohorts.people')}</th>{columns.map((since) => <th key={since} scope="col">{t('value.cohorts.since', { count: since })}</th>)}</tr></thead>
          <tbody>{cohorts.map((cohort) => (
            <tr key={cohort.month}>
              <th scope="row">{cohort.month}</th><td><Quantity value={cohort.customers} short /></td>
              {columns.map((since) => <CohortCell key={since} cohort={cohort} cell={cohort.months.find((month) => month.since === since)} measure={measure} most={most} />)}
            </tr>
          ))}</tbody>
        </table>
      </ScrollRegion>
      <div className={classes.actions}><SaveCsv name={t('value.cohorts.file')} rows={rows} /></div>
    </>
  );
}

function CohortCell({ cohort, cell, measure, most }: { cohort: Cohort; cell?: CohortMonth; measure: Measure; most: number }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (!cell) return <td />;
  const value = measure === 'revenue' ? amountOf(cell) : cell.retention;
  const shade = value <= 0 || most <= 0 ? 0 : Math.min(shades, Math.max(1, Math.ceil((shades * value) / most)));
  const words = t('value.cohorts.cell', { first: cohort.month, month: cell.month, count: cell.buyers, shown: formatNumber(cell.buyers, language), share: formatPercent(cell.retention, language), revenue: formatMoney(cell.revenue, language) });
  return (
    <td data-shade={shade}>
      <Link to={segmentPath(cell.rule, t('value.cohorts.name', { first: cohort.month, month: cell.month }))} title={words}>
        <span className="visually-hidden">{words}</span>
        <span aria-hidden="true">{measure === 'revenue' ? formatMoneyShort(cell.revenue, language) : formatPercent(cell.retention, language, 0)}</span>
      </Link>
    </td>
  );
}
