import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { formatMoneyShort } from '@/lib/format';
import { Quantity } from '@/ui/figures';
import { SaveCsv } from '@/ui/SaveCsv';
import { ScrollRegion } from '@/ui/ScrollRegion';
import { useLanguage } from '@/ui/useLanguage';
import { csvOf, movedNow, ruleOfFlow, segmentPath } from './flows';
import classes from './Lifecycle.module.css';
import type { Flow, Lifecycle } from './queries';

/** Every move in figures, the largest first and those who stayed last; those since last month open the people behind them. */
export function FlowTable({ data }: { data: Lifecycle }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const nameOf = (stage: string | undefined, absent: string) => data.stages.find((one) => one.stage === stage)?.name ?? absent;
  const flows = data.flows.toSorted((a, b) => Number(a.from === a.to) - Number(b.from === b.to) || b.customers - a.customers);
  const people = (flow: Flow, name: string) => {
    const rule = movedNow(data) ? ruleOfFlow(flow) : undefined;
    const count = <Quantity value={flow.customers} unit="people" />;
    return rule ? <Link className={classes.link} to={segmentPath(rule, name)}>{count}</Link> : count;
  };
  return (
    <>
      <ScrollRegion name={t('lifecycle.table.name')} className={classes.scroll}>
        <table className={classes.table}>
          <thead><tr><th scope="col">{t('lifecycle.table.from')}</th><th scope="col" className={classes.to}>{t('lifecycle.table.to')}</th><th scope="col">{t('lifecycle.table.people')}</th><th scope="col">{t('lifecycle.table.revenue')}</th></tr></thead>
          <tbody>
            {flows.map((flow) => {
              const from = nameOf(flow.from, t('lifecycle.flow.came'));
              const to = nameOf(flow.to, t('lifecycle.flow.went'));
              return (
                <tr key={`${flow.from ?? ''}-${flow.to ?? ''}`}>
                  <th scope="row">{from}</th>
                  <td className={classes.to}>{flow.from === flow.to ? t('lifecycle.table.stayed') : to}</td>
                  <td>{people(flow, `${from} → ${to}`)}</td>
                  <td>{formatMoneyShort(flow.revenue, language)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </ScrollRegion>
      <div><SaveCsv name={`lifecycle-${data.from ?? ''}-${data.to}.csv`} rows={() => csvOf(data)} /></div>
    </>
  );
}
