import { NativeSelect, SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSegmentNames } from '@/api/segmentNames';
import classes from './Pivot.module.css';
import { measures, oneOf, spans, steps, type Chosen } from './pivot';

interface Props { chosen: Chosen; rows: readonly { value: string; label: string }[]; onChange: (patch: Partial<Chosen>) => void }

/** What to add up, for whom, and how it is cut. */
export function PivotForm({ chosen, rows, onChange }: Props) {
  const { t } = useTranslation();
  const segments = useSegmentNames().data ?? [];
  const gone = chosen.segment !== '' && !segments.some(({ id }) => id === chosen.segment) ? [{ value: chosen.segment, label: chosen.segment }] : [];
  const whose = [{ value: '', label: t('value.pivot.everybody') }, ...segments.map(({ id, name }) => ({ value: id, label: name })), ...gone];
  const lost = rows.some(({ value }) => value === chosen.rows) ? [] : [{ value: chosen.rows, label: chosen.rows }];
  return (
    <div className={classes.form}>
      <SegmentedControl className={classes.measure} aria-label={t('value.pivot.measure')} value={oneOf(measures, chosen.measure, 'revenue')} onChange={(measure) => onChange({ measure })} data={measures.map((value) => ({ value, label: t(`value.pivot.by.${value}`) }))} />
      <NativeSelect label={t('value.pivot.rows')} value={chosen.rows} data={[...rows, ...lost]} onChange={({ currentTarget }) => onChange({ rows: currentTarget.value })} />
      <NativeSelect label={t('value.pivot.columns')} value={oneOf(steps, chosen.columns, 'month')} data={steps.map((value) => ({ value, label: t(`value.pivot.step.${value}`) }))} onChange={({ currentTarget }) => onChange({ columns: currentTarget.value })} />
      <NativeSelect label={t('value.pivot.range')} value={oneOf(spans, chosen.months, '12')} data={spans.map((value) => ({ value, label: t('value.pivot.lastMonths', { count: Number(value) }) }))} onChange={({ currentTarget }) => onChange({ months: currentTarget.value })} />
      <NativeSelect label={t('value.pivot.whose')} value={chosen.segment} data={whose} onChange={({ currentTarget }) => onChange({ segment: currentTarget.value })} />
    </div>
  );
}
