import { NativeSelect, NumberInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './Rule.module.css';

const units = ['D', 'W', 'M', 'Y'] as const;
type Unit = (typeof units)[number];

/** P90D -> 90 and days. A period of several parts, made through the API, is left alone by the page that shows it. */
export function partsOf(period: string): { count: number; unit: Unit } | undefined {
  const found = /^P(\d+)([DWMY])$/.exec(period);
  return found ? { count: Number(found[1]), unit: found[2] as Unit } : undefined;
}

export function PeriodInput({ value, onChange }: { value: string; onChange: (period: string) => void }) {
  const { t } = useTranslation();
  const parts = partsOf(value);
  if (value !== '' && !parts) return <span>{value}</span>;
  const { count, unit } = parts ?? { count: 0, unit: 'D' };
  return (
    <span className={classes.value}>
      <NumberInput aria-label={t('segments.builder.period')} className={classes.tiny} hideControls min={1} max={9999} allowDecimal={false} allowNegative={false}
        value={count || ''} onChange={(next) => onChange(Number(next) > 0 ? `P${Number(next)}${unit}` : '')} />
      <NativeSelect variant="unstyled" aria-label={t('segments.builder.unit')} className={classes.word} value={unit} data={units.map((each) => ({ value: each, label: t(`segments.unit.${each}`) }))}
        onChange={({ currentTarget }) => onChange(`P${count || 1}${currentTarget.value}`)} />
    </span>
  );
}
