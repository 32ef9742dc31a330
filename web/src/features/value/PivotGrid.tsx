import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { formatMoney, formatMoneyShort, formatNumber, formatShort } from '@/lib/format';
import { ScrollRegion } from '@/ui/ScrollRegion';
import { Truncate } from '@/ui/Truncate';
import { useLanguage } from '@/ui/useLanguage';
import classes from './Pivot.module.css';
import { mostOf, numberOf, periodName, shadeOf, type Measure, type Step } from './pivot';
import type { PivotCell, PivotRow, PivotTable } from './queries';
import { segmentPath } from './rules';

interface Props { table: PivotTable; measure: Measure; step: Step; head: string; nameOf: (value: string | undefined) => string }

/** The figures by row and period; each opens the customers behind it. Totals are the API's: people are in several periods and rows, and count once. */
export function PivotGrid({ table, measure, step, head, nameOf }: Props) {
  const { t } = useTranslation();
  const about = useId();
  const most = mostOf(table, measure);
  const periods = [...table.periods.map((first) => periodName(first, step)), t('value.pivot.total')];
  const line = (name: string, row: PivotRow, strongest: number) => [...row.cells, row.total].map((cell, at) => <Figure key={periods[at]} cell={cell} measure={measure} row={name} period={periods[at] ?? ''} most={at < row.cells.length ? strongest : 0} />);
  return (
    <>
      <p id={about} className={classes.why}>{t('value.pivot.caption')}</p>
      <ScrollRegion name={t('value.pivot.title')} className={classes.scroll}>
        <table className={classes.table} aria-describedby={about}>
          <thead><tr><th scope="col">{head}</th>{periods.map((period) => <th key={period} scope="col">{period}</th>)}</tr></thead>
          <tbody>{table.rows.map((row) => <tr key={row.value ?? ''}><th scope="row"><Truncate>{nameOf(row.value)}</Truncate></th>{line(nameOf(row.value), row, most)}</tr>)}</tbody>
          <tfoot><tr><th scope="row">{t('value.pivot.total')}</th>{line(t('value.pivot.everybody'), table.total, 0)}</tr></tfoot>
        </table>
      </ScrollRegion>
    </>
  );
}

interface FigureProps { cell: PivotCell; measure: Measure; row: string; period: string; /** 0 for a total, which has no colour. */ most: number }

function Figure({ cell, measure, row, period, most }: FigureProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const value = numberOf(cell, measure);
  const words = t('value.pivot.cell', { row, period, revenue: formatMoney(cell.revenue, language), orders: formatNumber(cell.orders, language), buyers: formatNumber(cell.buyers, language) });
  if (cell.orders === 0 && value === 0) return <td><span className={classes.nothing} aria-label={words}>–</span></td>;
  return (
    <td data-shade={most > 0 ? shadeOf(value, most) : undefined}>
      <Link to={segmentPath(cell.rule, t('value.pivot.name', { row, period }))} title={words}>
        <span className="visually-hidden">{words}. {t('value.pivot.open')}</span>
        <span aria-hidden="true">{measure === 'revenue' ? formatMoneyShort(cell.revenue, language) : formatShort(value, language)}</span>
      </Link>
    </td>
  );
}
