import { useTranslation } from 'react-i18next';
import { formatNumber } from '@/lib/format';
import { useLanguage } from '@/ui/useLanguage';
import classes from './FlowChart.module.css';
import { layOut, namesOf, type Bar } from './flows';
import type { Lifecycle } from './queries';

const least = 5.5; // of a bar that has room for its name

/** The moves as ribbons between the two months, as thick as they have customers; those who stayed are paler. The table below says the same in figures. */
export default function FlowChart({ data }: { data: Lifecycle }) {
  const { t } = useTranslation();
  const picture = layOut(data.flows, data.stages.map(({ stage }) => stage));
  return (
    <figure className={classes.root}>
      <figcaption className={classes.caption}>{t('lifecycle.flow.caption')}</figcaption>
      <div className={classes.heads} aria-hidden="true"><span>{data.from}</span><span>{data.to}</span></div>
      <div className={classes.plot} aria-hidden="true">
        <Names bars={picture.left} data={data} absent={t('lifecycle.flow.came')} />
        <svg viewBox="0 0 100 100" preserveAspectRatio="none">
          {picture.ribbons.map(({ flow, path, stayed }) => <path key={`${flow.from ?? ''}-${flow.to ?? ''}`} d={path} data-stage={flow.to ?? 'absent'} data-stayed={stayed || undefined} />)}
          <Bars bars={picture.left} x={0} />
          <Bars bars={picture.right} x={98} />
        </svg>
        <Names bars={picture.right} data={data} absent={t('lifecycle.flow.went')} />
      </div>
    </figure>
  );
}

function Bars({ bars, x }: { bars: readonly Bar[]; x: number }) {
  return bars.map(({ stage, top, height }) => <rect key={stage ?? 'absent'} x={x} y={top} width={2} height={Math.max(height, 0.4)} data-stage={stage ?? 'absent'} />);
}

function Names({ bars, data, absent }: { bars: readonly Bar[]; data: Lifecycle; absent: string }) {
  const language = useLanguage();
  const nameOf = (stage: string | undefined) => data.stages.find((one) => one.stage === stage)?.name ?? absent;
  const middles = namesOf(bars, least);
  return (
    <ul className={classes.names}>
      {bars.map(({ stage, customers }, i) => <li key={stage ?? 'absent'} style={{ insetBlockStart: `${(middles[i] ?? 0).toFixed(2)}%` }}><span>{nameOf(stage)}</span> <strong>{formatNumber(customers, language)}</strong></li>)}
    </ul>
  );
}
