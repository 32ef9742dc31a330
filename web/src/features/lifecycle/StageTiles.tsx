import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { formatMoneyShort, formatPercent } from '@/lib/format';
import { Quantity } from '@/ui/figures';
import { useLanguage } from '@/ui/useLanguage';
import { isNow, ruleOfStage, segmentPath } from './flows';
import classes from './Lifecycle.module.css';
import type { Lifecycle, Stage } from './queries';

/** The stages in the order of the cycle: how many are in each, what they bring, and what it means. Those of today open the people behind them. */
export function StageTiles({ data }: { data: Lifecycle }) {
  return <ol className={classes.stages}>{data.stages.map((stage) => <li key={stage.stage}><Tile stage={stage} now={isNow(data)} /></li>)}</ol>;
}

function Tile({ stage, now }: { stage: Stage; now: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { stage: code, name, meaning, customers, share, revenue, revenueShare } = stage;
  const body = (
    <>
      <span className={classes.name}><span className={classes.dot} data-stage={code} aria-hidden="true" />{name}</span>
      <strong className={classes.figure}><Quantity value={customers} unit="people" /></strong>
      <span className={classes.shares}>{t('lifecycle.tile.share', { share: formatPercent(share, language) })}</span>
      <span className={classes.shares}>{t('lifecycle.tile.revenue', { revenue: formatMoneyShort(revenue, language), share: formatPercent(revenueShare, language) })}</span>
      <span className={classes.meaning}>{meaning}</span>
    </>
  );
  if (!now || customers === 0) return <div className={classes.tile}>{body}</div>;
  return <Link className={classes.tile} to={segmentPath(ruleOfStage(code), name)}>{body}</Link>;
}
