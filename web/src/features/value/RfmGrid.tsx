import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { formatMoney, formatMoneyShort, formatNumber } from '@/lib/format';
import { useLanguage } from '@/ui/useLanguage';
import type { Cell } from './queries';
import classes from './RfmGrid.module.css';
import { ruleOfCell, segmentPath } from './rules';

const steps = [5, 4, 3, 2, 1] as const;
const frequencies = [1, 2, 3, 4, 5] as const;
const shades = 5;

/** Five shades by revenue, by rank of the share rather than the amount: one rich cell must not whiten all the others. */
function shadeOf(cell: Cell, most: number): number {
  const amount = Number(cell.revenue.amount);
  return amount <= 0 || most <= 0 ? 0 : Math.max(1, Math.ceil(shades * Math.sqrt(amount / most)));
}

/** Recency by frequency: colour is revenue, the number is people, a click is a segment of them; not so in the picture of another day than the present scores are of, since segments go by those. */
export function RfmGrid({ cells, presentDay }: { cells: readonly Cell[]; presentDay?: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const most = Math.max(0, ...cells.map(({ revenue }) => Number(revenue.amount)));
  const at = (r: number, f: number) => cells.find((cell) => cell.r === r && cell.f === f);
  return (
    <div className={classes.root}>
      <table className={classes.grid}>
        <caption className={classes.caption}>{presentDay ? t('value.grid.past', { day: presentDay }) : t('value.grid.caption')}</caption>
        <thead><tr><td />{frequencies.map((f) => <th key={f} scope="col">{t('value.grid.f', { score: f })}{f === 1 || f === 5 ? <span className={classes.hint}>{f === 1 ? t('value.grid.seldom') : t('value.grid.often')}</span> : null}</th>)}</tr></thead>
        <tbody>
          {steps.map((r) => (
            <tr key={r}>
              <th scope="row">{t('value.grid.r', { score: r })}{r === 1 || r === 5 ? <span className={classes.hint}>{r === 1 ? t('value.grid.long') : t('value.grid.lately')}</span> : null}</th>
              {frequencies.map((f) => {
                const cell = at(r, f);
                if (!cell || cell.customers === 0) return <td key={f} className={classes.empty}><span className="visually-hidden">{t('value.grid.nobody')}</span></td>;
                return (
                  <td key={f} data-shade={shadeOf(cell, most)}>
                    <Ground to={presentDay ? undefined : segmentPath(ruleOfCell(r, f), t('value.grid.name', { r, f }))}>
                      <span className="visually-hidden">{t(presentDay ? 'value.grid.cellThen' : 'value.grid.cell', { r, f, count: cell.customers, shown: formatNumber(cell.customers, language), revenue: formatMoney(cell.revenue, language) })}</span>
                      <strong aria-hidden="true">{formatNumber(cell.customers, language)}</strong>
                      <span className={classes.money} aria-hidden="true">{formatMoneyShort(cell.revenue, language)}</span>
                    </Ground>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <ul className={classes.legend} aria-hidden="true">
        <li>{t('value.grid.little')}</li>
        {[1, 2, 3, 4, 5].map((shade) => <li key={shade}><span data-shade={shade} className={classes.swatch} /></li>)}
        <li>{t('value.grid.much')}</li>
      </ul>
    </div>
  );
}

/** What a cell stands on: a link, or nothing that can be pressed. */
function Ground({ to, children }: { to?: string; children: ReactNode }) {
  return to ? <Link to={to} className={classes.cell}>{children}</Link> : <div className={classes.cell}>{children}</div>;
}
