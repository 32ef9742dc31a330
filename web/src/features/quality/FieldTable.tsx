import { useTranslation } from 'react-i18next';
import { formatNumber, formatPercent } from '@/lib/format';
import { ScrollRegion } from '@/ui/ScrollRegion';
import { useLanguage } from '@/ui/useLanguage';
import classes from './Quality.module.css';
import { customersOf, linesOf, staleOf } from './quality';
import type { Figures, Problem, Source } from './queries';

interface Props { figures: Figures; source: Source | undefined; onOpen: (field: string, problem: Problem) => void }

/** A line for each field: how much of it is filled as a bar, and who has none or a wrong one. */
export function FieldTable({ figures, source, onOpen }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const stale = staleOf(figures, source);
  const count = (value: number, field: string, problem: Problem, name: string) => value > 0
    ? <button type="button" className={classes.open} aria-label={`${name}: ${t(`quality.problem.${problem}`)} ${formatNumber(value, language)}`} onClick={() => onOpen(field, problem)}>{formatNumber(value, language)}</button>
    : <span className={classes.none}>0</span>;
  return (
    <ScrollRegion name={t('quality.fields')}>
      <table className={classes.table}>
        <thead><tr><th scope="col">{t('quality.field')}</th><th scope="col">{t('quality.filled')}</th><th scope="col">{t('quality.problem.missing')}</th><th scope="col">{t('quality.problem.invalid')}</th></tr></thead>
        <tbody>
          {linesOf(figures, source).map(({ field, customers, filled, invalid }) => {
            const share = customers > 0 ? filled / customers : 0;
            const name = t(`quality.name.${field.replaceAll('.', '_') as 'name'}`);
            return (
              <tr key={field}>
                <th scope="row">{name}</th>
                <td><span className={classes.bar} aria-hidden="true"><span style={{ inlineSize: `${share * 100}%` }} /></span><span className={classes.share}>{formatPercent(share, language)}</span></td>
                <td>{count(customers - filled, field, 'missing', name)}</td>
                <td>{count(invalid, field, 'invalid', name)}</td>
              </tr>
            );
          })}
        </tbody>
        <tfoot><tr><th scope="row">{t('quality.stale', { count: figures.staleMonths })}</th><td>{t('quality.of', { shown: formatNumber(customersOf(figures, source), language) })}</td><td colSpan={2}>{count(stale, 'record', 'stale', t('quality.stale', { count: figures.staleMonths }))}</td></tr></tfoot>
      </table>
    </ScrollRegion>
  );
}
