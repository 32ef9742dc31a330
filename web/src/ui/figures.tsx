import { useTranslation } from 'react-i18next';
import { formatAbsolute, formatMoney, formatMoneyShort, formatNumber, formatShort, formatWhen, type MoneyValue } from '@/lib/format';
import classes from './figures.module.css';
import { useLanguage } from './useLanguage';
import { useWorkspace } from './workspace';

/** Money in the workspace's style; `short` (12.3만, 4.5억) is for tiles only and keeps the whole amount on hover. */
export function Money({ value, short = false }: { value: MoneyValue; short?: boolean }) {
  const language = useLanguage();
  const whole = formatMoney(value, language);
  return short ? <data className={classes.figure} value={value.amount} title={whole}>{formatMoneyShort(value, language)}</data>
    : <data className={classes.figure} value={value.amount}>{whole}</data>;
}

/** A count with its unit: people, orders, messages, rows, or none. */
export function Quantity({ value, unit, short = false }: { value: number; unit?: 'people' | 'orders' | 'messages' | 'rows'; short?: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const shown = short ? formatShort(value, language) : formatNumber(value, language);
  return <data className={classes.figure} value={value} title={short ? formatNumber(value, language) : undefined}>
    {unit ? t(`ui.unit.${unit}`, { count: value, shown }) : shown}
  </data>;
}

/** Relative up to a week, the date after; the absolute time in the workspace's zone on hover. */
export function When({ at }: { at: string }) {
  const language = useLanguage();
  const { timeZone } = useWorkspace();
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return null;
  return <time className={classes.figure} dateTime={at} title={formatAbsolute(date, language, timeZone)}>
    {formatWhen(date, new Date(), language, timeZone)}
  </time>;
}
