import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import { formatMoneyShort, formatNumber } from '@/lib/format';
import { ErrorState } from '@/ui/ErrorState';
import { Money, Quantity } from '@/ui/figures';
import { StatTile, StatTiles } from '@/ui/StatTile';
import { useLanguage } from '@/ui/useLanguage';
import { changeOf, trendOf } from './change';
import classes from './Home.module.css';
import { useBuildScores, useCampaignsInFlight, usePictures, type Picture } from './queries';

const revenueOf = ({ revenue }: Picture) => Number(revenue.amount);

/** Four figures of the last night, each against the picture before it. */
export function Tiles() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { latest, earlier } = usePictures();
  const flying = useCampaignsInFlight();
  const { data } = latest;
  if (latest.error) return <ErrorState inline trouble={problemOf(latest.error)} onRetry={() => void latest.refetch()} />;
  if (data === null) return <NotBuilt />;
  const before = earlier[0];
  const compared = (read: (picture: Picture) => number, words: (by: number) => string) => {
    if (!data || !before) return undefined;
    const { way, by, tone } = changeOf(read(data), read(before));
    return { tone, words: t(`home.change.${way}`, { date: before.asOf, by: words(by) }) };
  };
  const trend = (read: (picture: Picture) => number) => (data && earlier.length > 0 ? trendOf(read(data), earlier.map(read)) : undefined);
  const number = (value: number) => formatNumber(value, language);
  const loading = data === undefined;
  return (
    <>
      <StatTiles>
        <StatTile label={t('home.tile.customers')} loading={loading} value={<Quantity value={data?.customers ?? 0} short />} trend={trend(({ customers }) => customers)} comparison={compared(({ customers }) => customers, number)} to="/customers" />
        <StatTile label={t('home.tile.orders')} loading={loading} value={<Quantity value={data?.orders ?? 0} short />} trend={trend(({ orders }) => orders)} comparison={compared(({ orders }) => orders, number)} to="/value" />
        <StatTile label={t('home.tile.revenue')} loading={loading} value={data ? <Money value={data.revenue} short /> : null} trend={trend(revenueOf)} comparison={compared(revenueOf, (by) => formatMoneyShort({ amount: String(by), currency: data?.currency ?? 'KRW' }, language))} to="/value" />
        <StatTile label={t('home.tile.campaigns')} loading={flying.data === undefined && !flying.error} value={<Quantity value={flying.data?.length ?? 0} />} to="/campaigns" />
      </StatTiles>
      {data ? <p className={classes.asOf}>{t('home.asOf', { date: data.asOf })}</p> : null}
    </>
  );
}

function NotBuilt() {
  const { t } = useTranslation();
  const build = useBuildScores();
  return (
    <div className={classes.bar}>
      <span>{build.isSuccess ? t('home.build.started') : t('home.build.why')}</span>
      {build.error ? <ErrorState inline trouble={problemOf(build.error)} /> : null}
      {build.isSuccess ? null : <Button variant="default" size="compact-sm" loading={build.isPending} onClick={() => build.mutate()}>{t('home.build.action')}</Button>}
    </div>
  );
}
