import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import { formatNumber, formatPercent } from '@/lib/format';
import { ErrorState } from '@/ui/ErrorState';
import { Money, Quantity } from '@/ui/figures';
import { useLanguage } from '@/ui/useLanguage';
import { useScores, type Scores } from './queries';
import { Scale } from './Scale';
import classes from './Value.module.css';

type Rfm = NonNullable<Scores['rfm']>;

/** What a customer is worth: three small scales, and only figures that were really computed. */
export function Value({ id }: { id: string }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useScores(id);
  if (error) return <ErrorState inline trouble={problemOf(error)} onRetry={() => void refetch()} />;
  if (!data) return <div className={classes.waiting} aria-busy="true" />;
  if (!data.rfm) return <><Stage scores={data} /><p className={classes.none}>{data.asOf ? t('customers.value.noOrders') : t('customers.value.notYet')}</p></>;
  return (
    <>
      <Stage scores={data} />
      <Scales rfm={data.rfm} />
      <Further scores={data} />
      {data.noForecast ? <p className={classes.none}>{t(`customers.value.noForecast.${data.noForecast}`)}</p> : null}
      <p className={classes.asOf}>{t('customers.value.asOf', { date: data.asOf })}</p>
    </>
  );
}

/** Where the customer stands by the workspace's rules, why, and since when. */
function Stage({ scores: { lifecycle, lifecycleSince } }: { scores: Scores }) {
  const { t } = useTranslation();
  if (!lifecycle) return null;
  return (
    <p className={classes.stage}>
      <strong title={lifecycle.meaning}>{lifecycle.name}</strong>
      <span>{t('customers.value.stageWhy', { why: lifecycle.because, day: lifecycleSince })}</span>
    </p>
  );
}

function Scales({ rfm }: { rfm: Rfm }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <dl className={classes.scales}>
      <Scale name={t('customers.value.recency')} band={rfm.r}>{t('customers.value.daysSince', { count: rfm.daysSinceLast, shown: formatNumber(rfm.daysSinceLast, language) })}</Scale>
      <Scale name={t('customers.value.frequency')} band={rfm.f}><Quantity value={rfm.orders} unit="orders" /></Scale>
      <Scale name={t('customers.value.money')} band={rfm.m}><Money value={rfm.revenue} /></Scale>
    </dl>
  );
}

/** The share of all revenue, and what the models expect once they are fitted. */
function Further({ scores }: { scores: Scores }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { revenueContribution: share, profitContribution: profit, shareOfWallet: wallet, responses, pAlive, churn, expectedOrders, expectedSpend, lifetimeValue } = scores;
  return (
    <dl className={classes.further}>
      {share ? <><dt>{t('customers.value.share')}</dt><dd>{t('customers.value.shareIs', { share: formatPercent(share.share, language), rank: formatPercent(share.rankShare, language, 0) })}</dd></> : null}
      {profit ? <><dt>{t('customers.value.profit')}</dt><dd><Money value={profit.profit} /> {t('customers.value.profitIs', { share: formatPercent(profit.share, language), rank: formatPercent(profit.rankShare, language, 0) })}</dd></> : null}
      {wallet ? <><dt>{t('customers.value.wallet')}</dt><dd>{t(wallet.beyond ? 'customers.value.walletBeyond' : 'customers.value.walletIs', { share: formatPercent(wallet.share, language, 0) })} <Money value={wallet.spent} /> / <Money value={wallet.total} /></dd></> : null}
      {(responses ?? []).map(({ channel, rate, responses: answered, delivered }) => <Fragment key={channel}><dt>{t('customers.value.response', { channel: t(`customers.channel.${channel}`) })}</dt><dd>{t('customers.value.responseIs', { rate: formatPercent(rate, language), delivered: formatNumber(delivered, language), answered: formatNumber(answered, language) })}</dd></Fragment>)}
      {pAlive === undefined ? null : <><dt>{t('customers.value.alive')}</dt><dd>{formatPercent(pAlive, language, 0)}</dd></>}
      {churn ? <><dt>{t('customers.value.churn')}</dt><dd>{t('customers.value.churnIs', { risk: t(`customers.value.risk.${churn.band}`), share: formatPercent(churn.probability, language, 0) })}</dd></> : null}
      {expectedOrders ? <><dt>{t('customers.value.expected', { count: expectedOrders.horizonDays })}</dt><dd>{formatNumber(expectedOrders.value, language, 1)}</dd></> : null}
      {expectedSpend ? <><dt>{t('customers.value.spend')}</dt><dd><Money value={expectedSpend} /></dd></> : null}
      {lifetimeValue ? <><dt>{t('customers.value.lifetime')}</dt><dd><Money value={lifetimeValue} /></dd></> : null}
    </dl>
  );
}
