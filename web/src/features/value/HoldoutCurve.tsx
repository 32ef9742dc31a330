import { useTranslation } from 'react-i18next';
import { formatNumber, formatPercent } from '@/lib/format';
import { SaveCsv } from '@/ui/SaveCsv';
import { ScrollRegion } from '@/ui/ScrollRegion';
import { useLanguage } from '@/ui/useLanguage';
import { linesOf, rowsOf } from './curve';
import classes from './HoldoutCurve.module.css';
import type { Accuracy, CurveWeek } from './queries';

/** Repeat purchases as they added up, and as a model that knew only the days left of the line expected them. The table below holds the same figures. */
export function HoldoutCurve({ weeks, accuracy, asOf }: { weeks: readonly CurveWeek[]; accuracy: Accuracy; asOf: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { actual, expected, split, most } = linesOf(weeks, accuracy.split);
  const head: [string, string, string] = [t('value.curveOf.day'), t('value.curveOf.actual'), t('value.curveOf.expected')];
  const number = (value: number) => formatNumber(value, language);
  const words = t(accuracy.errorPercent < 0 ? 'value.curveOf.under' : 'value.curveOf.over', { split: accuracy.split, end: accuracy.end, predicted: number(accuracy.predicted), actual: number(accuracy.actual), error: formatPercent(Math.abs(accuracy.errorPercent) / 100, language) });
  return (
    <figure className={classes.root}>
      <div className={classes.head}>
        <h3 className={classes.title}>{t('value.curveOf.title')}</h3>
        <SaveCsv name={t('value.curveOf.file', { day: asOf })} rows={() => rowsOf(weeks, head)} />
      </div>
      <figcaption className={classes.caption}>{words} {t('value.curveOf.line')}</figcaption>
      <ul className={classes.legend} aria-hidden="true">
        <li data-line="actual">{t('value.curveOf.actual')}</li><li data-line="expected">{t('value.curveOf.expected')}</li>
      </ul>
      <div className={classes.plot} aria-hidden="true">
        <span className={classes.top}>{number(most)}</span><span className={classes.zero}>0</span>
        <svg viewBox="0 0 100 100" preserveAspectRatio="none">
          <rect x={split} y="0" width={100 - split} height="100" className={classes.unseen} />
          <line x1={split} y1="0" x2={split} y2="100" className={classes.split} />
          <polyline points={actual} className={classes.actual} />
          <polyline points={expected} className={classes.expected} />
        </svg>
        <span className={classes.unseenWord} style={{ insetInlineStart: `${split}%` }}>{t('value.curveOf.unseen')}</span>
        <span className={classes.first}>{weeks[0]?.day}</span><span className={classes.last}>{accuracy.end}</span>
      </div>
      <details className={classes.numbers}>
        <summary>{t('value.curveOf.table')}</summary>
        <ScrollRegion name={t('value.curveOf.title')} className={classes.scroll}>
          <table className={classes.table}>
            <thead><tr>{head.map((word) => <th key={word} scope="col">{word}</th>)}</tr></thead>
            <tbody>{weeks.map((week) => <tr key={week.day}><th scope="row">{week.day}</th><td>{number(week.actual)}</td><td>{number(week.expected)}</td></tr>)}</tbody>
          </table>
        </ScrollRegion>
      </details>
    </figure>
  );
}
