import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './Lifecycle.module.css';
import { isNow } from './flows';
import type { Lifecycle } from './queries';

/** Which two months are compared, and up to which day the later one is counted. */
export function MonthChoice({ data, onMonths }: { data: Lifecycle; onMonths: (months: { from?: string; to?: string }) => void }) {
  const { t } = useTranslation();
  const { from, to, asOf, months } = data;
  const earlier = months.filter(({ month }) => month < to);
  return (
    <div className={classes.months}>
      {from ? <NativeSelect size="xs" label={t('lifecycle.month.from')} value={from} data={earlier.map(({ month }) => month)} onChange={({ currentTarget }) => onMonths({ from: currentTarget.value, to })} /> : null}
      <NativeSelect size="xs" label={t('lifecycle.month.to')} value={to} data={months.map(({ month }) => month)} onChange={({ currentTarget }) => onMonths({ from: '', to: currentTarget.value })} />
      <p className={classes.quiet}>{t('lifecycle.month.asOf', { day: asOf })}{isNow(data) ? null : <> {t('lifecycle.month.past')}</>}</p>
    </div>
  );
}
