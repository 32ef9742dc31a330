import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import { formatMoneyShort, formatNumber } from '@/lib/format';
import { ErrorState } from '@/ui/ErrorState';
import { Money, Quantity } from '@/ui/figures';
import { SaveCsv } from '@/ui/SaveCsv';
import { StatTile, StatTiles } from '@/ui/StatTile';
import { useLanguage } from '@/ui/useLanguage';
import { changeOf, segmentPath, signed, weekOf } from './change';
import classes from './Home.module.css';
import { useMorning, type Day } from './queries';

const revenueOf = ({ revenue }: Day) => Number(revenue.amount);

/** Four figures of yesterday, each against the day before and the same day a week before, with the line of thirty days. */
export function Tiles() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { data, error, refetch } = useMorning();
  if (error) return <ErrorState inline trouble={problemOf(error)} onRetry={() => void refetch()} />;
  const { yesterday, before, weekBefore, line } = weekOf(data?.days ?? []);
  const compared = (read: (day: Day) => number, words: (by: number) => string) => (yesterday && before && weekBefore ? {
    tone: changeOf(read(yesterday), read(weekBefore)).tone,
    words: t('home.change', { day: signed(read(yesterday) - read(before), words), week: signed(read(yesterday) - read(weekBefore), words) }),
  } : undefined);
  const number = (value: number) => formatNumber(value, language);
  const money = (value: number) => formatMoneyShort({ amount: String(value), currency: data?.currency ?? 'KRW' }, language);
  const loading = data === undefined;
  const buyers = data ? segmentPath(data.buyersRule, t('home.tile.buyersOf', { date: yesterday?.day })) : undefined;
  const joined = data ? segmentPath(data.customersRule, t('home.tile.customersOf', { date: yesterday?.day })) : undefined;
  const tile = (key: 'customers' | 'orders' | 'buyers', to?: string) => (
    <StatTile label={t(`home.tile.${key}`)} loading={loading} value={<Quantity value={yesterday?.[key] ?? 0} short />} trend={line.map((day) => day[key])} comparison={compared((day) => day[key], number)} to={to} />
  );
  const rows = () => [[t('home.column.day'), t('home.column.revenue'), t('home.column.currency'), t('home.column.orders'), t('home.column.buyers'), t('home.column.customers')],
    ...(data?.days ?? []).map((day) => [day.day, day.revenue.amount, day.revenue.currency, String(day.orders), String(day.buyers), String(day.customers)])];
  return (
    <>
      <StatTiles>
        <StatTile label={t('home.tile.revenue')} loading={loading} value={yesterday ? <Money value={yesterday.revenue} short /> : null} trend={line.map(revenueOf)} comparison={compared(revenueOf, money)} to={buyers} />
        {tile('orders', buyers)}
        {tile('buyers', buyers)}
        {tile('customers', joined)}
      </StatTiles>
      {yesterday ? <div className={classes.under}><p className={classes.asOf}>{t('home.asOf', { date: yesterday.day })}{data?.otherCurrencies.map((other) => <span key={other.currency}> · <Money value={other} /></span>)}</p><SaveCsv name={t('home.file', { day: yesterday.day })} rows={rows} /></div> : null}
    </>
  );
}
