import { useTranslation } from 'react-i18next';
import { Quantity } from '@/ui/figures';
import { ScrollRegion } from '@/ui/ScrollRegion';
import classes from './Lifecycle.module.css';
import type { Lifecycle } from './queries';

/** How many were in each stage at the end of each month, the latest first. */
export function History({ data }: { data: Lifecycle }) {
  const { t } = useTranslation();
  return (
    <ScrollRegion name={t('lifecycle.history.name')} className={classes.scroll}>
      <table className={classes.table}>
        <caption className={classes.caption}>{t('lifecycle.history.caption')}</caption>
        <thead><tr><th scope="col">{t('lifecycle.history.month')}</th>{data.stages.map(({ stage, name }) => <th key={stage} scope="col">{name}</th>)}</tr></thead>
        <tbody>
          {data.months.map(({ month, closed, asOf, stages }) => (
            <tr key={month}>
              <th scope="row">{month}{closed ? null : <span className={classes.open}> {t('lifecycle.history.open', { day: asOf })}</span>}</th>
              {data.stages.map(({ stage }) => <td key={stage}><Quantity value={stages.find((one) => one.stage === stage)?.customers ?? 0} /></td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
