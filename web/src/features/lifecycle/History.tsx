import { useTranslation } from 'react-i18next';
import { Quantity } from '@/ui/figures';
import { SaveCsv } from '@/ui/SaveCsv';
import { ScrollRegion } from '@/ui/ScrollRegion';
import classes from './Lifecycle.module.css';
import type { Lifecycle } from './queries';

/** How many were in each stage at the end of each month, the latest first. */
export function History({ data }: { data: Lifecycle }) {
  const { t } = useTranslation();
  const inStage = (month: Lifecycle['months'][number], stage: string) => month.stages.find((one) => one.stage === stage)?.customers ?? 0;
  const rows = () => [[t('lifecycle.history.month'), ...data.stages.map(({ name }) => name)], ...data.months.map((month) => [month.month, ...data.stages.map(({ stage }) => String(inStage(month, stage)))])];
  return (
    <>
      <ScrollRegion name={t('lifecycle.history.name')} className={classes.scroll}>
        <table className={classes.table}>
          <caption className={classes.caption}>{t('lifecycle.history.caption')}</caption>
          <thead><tr><th scope="col">{t('lifecycle.history.month')}</th>{data.stages.map(({ stage, name }) => <th key={stage} scope="col">{name}</th>)}</tr></thead>
          <tbody>
            {data.months.map((one) => (
              <tr key={one.month}>
                <th scope="row">{one.month}{one.closed ? null : <span className={classes.open}> {t('lifecycle.history.open', { day: one.asOf })}</span>}</th>
                {data.stages.map(({ stage }) => <td key={stage}><Quantity value={inStage(one, stage)} /></td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <div><SaveCsv name={t('lifecycle.history.file')} rows={rows} /></div>
    </>
  );
}
