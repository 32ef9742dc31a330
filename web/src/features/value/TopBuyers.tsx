import { Button, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { problemOf } from '@/api/problem';
import { formatMoneyShort, formatNumber, formatPercent } from '@/lib/format';
import { ErrorState } from '@/ui/ErrorState';
import { Money, Quantity } from '@/ui/figures';
import { SaveCsv } from '@/ui/SaveCsv';
import { ScrollRegion } from '@/ui/ScrollRegion';
import { Section } from '@/ui/Section';
import { Truncate } from '@/ui/Truncate';
import { useLanguage } from '@/ui/useLanguage';
import classes from './Insights.module.css';
import { useCurve, type Curve, type Point } from './queries';
import { ruleOfTier, segmentPath } from './rules';

const percents = [1, 5, 10, 20, 50] as const;
const usual = 20;
const upTo = (points: readonly Point[], percent: number) => points.findLast((point) => point.percent <= percent);

/** Who brings most: a part of the buyers, what they bring together, and the ten at their head. */
export function TopBuyers() {
  const { t } = useTranslation();
  const [percent, setPercent] = useState<number>(usual);
  const { data, error, refetch } = useCurve(percent);
  const choice = <SegmentedControl aria-label={t('value.top.choice')} value={String(percent)} onChange={(value) => setPercent(Number(value))} data={percents.map((value) => ({ value: String(value), label: t('value.top.percent', { percent: value }) }))} />;
  return (
    <Section title={t('value.top.title')}>
      <div className={classes.choice}>{choice}</div>
      {error ? <ErrorState inline trouble={problemOf(error)} onRetry={() => void refetch()} /> : null}
      {data ? <Crowd curve={data} percent={percent} /> : <div className={classes.waiting} aria-busy={!error} />}
    </Section>
  );
}

function Crowd({ curve, percent }: { curve: Curve; percent: number }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const point = upTo(curve.points, percent);
  if (!point) return <p className={classes.quiet}>{t('value.top.nobody', { percent })}</p>;
  const words = t('value.top.words', { percent, count: point.customers, shown: formatNumber(point.customers, language), revenue: formatMoneyShort(point.revenue, language), share: formatPercent(point.share, language) });
  return (
    <div className={classes.pair}>
      <figure className={classes.figure}>
        <figcaption>{words}</figcaption>
        <CurvePlot points={curve.points} at={percent} share={point.share} />
        <div className={classes.actions}>
          <Button component={Link} to={segmentPath(ruleOfTier(0, percent), t('value.top.name', { percent }))} variant="default" size="compact-sm">{t('value.top.segment', { count: point.customers, shown: formatNumber(point.customers, language) })}</Button>
          <SaveCsv name={t('value.top.file', { day: curve.asOf ?? '' })} rows={() => [[t('value.top.column'), t('value.top.people'), t('value.top.revenue'), t('value.top.share')], ...curve.points.map((p) => [String(p.percent), String(p.customers), p.revenue.amount, String(p.share)])]} />
        </div>
        <Points points={curve.points} />
      </figure>
      <ol className={classes.top}>
        {curve.top.map((buyer) => <li key={buyer.customerId}><Truncate><Link to={`/customers/${buyer.customerId}`}>{buyer.name || t('value.top.unnamed')}</Link></Truncate><Money value={buyer.revenue} short /></li>)}
      </ol>
    </div>
  );
}

function CurvePlot({ points, at, share }: { points: readonly Point[]; at: number; share: number }) {
  const line = ['0,100', ...points.map((point) => `${point.percent},${100 - 100 * point.share}`)].join(' ');
  return (
    <div className={classes.plot} aria-hidden="true">
      <svg viewBox="0 0 100 100" preserveAspectRatio="none">
        <line x1="0" y1="100" x2="100" y2="0" className={classes.even} />
        <polygon points={`${line} 100,100`} className={classes.area} />
        <polyline points={line} className={classes.line} />
        <polyline points={`${at},100 ${at},${100 - 100 * share} 0,${100 - 100 * share}`} className={classes.mark} />
      </svg>
    </div>
  );
}

/** The figures of the curve, for who would rather read them. */
function Points({ points }: { points: readonly Point[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <details className={classes.numbers}>
      <summary>{t('value.numbers')}</summary>
      <ScrollRegion name={t('value.top.title')} className={classes.scroll}>
        <table className={classes.table}>
          <thead><tr><th scope="col">{t('value.top.column')}</th><th scope="col">{t('value.top.people')}</th><th scope="col">{t('value.top.revenue')}</th><th scope="col">{t('value.top.share')}</th></tr></thead>
          <tbody>{points.map((point) => <tr key={point.percent}><th scope="row">{t('value.top.percent', { percent: point.percent })}</th><td><Quantity value={point.customers} /></td><td><Money value={point.revenue} /></td><td>{formatPercent(point.share, language)}</td></tr>)}</tbody>
        </table>
      </ScrollRegion>
    </details>
  );
}
