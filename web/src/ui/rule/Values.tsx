import { NativeSelect, NumberInput, TagsInput, MultiSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../workspace';
import { isShare, type RuleField } from './fields';
import { arity, type FieldType, type Op } from './rule';
import classes from './Rule.module.css';
import { PeriodInput } from './PeriodInput';
import { useOptions } from './useOptions';

interface Props { field: RuleField; op: Op; values: readonly string[]; currency?: string; /** They stand under one another in a form, not in a sentence. */ inForm?: boolean; onChange: (values: string[]) => void }

/** The values of one operator: none, one, two, or any number of them. */
export function Values({ field, op, values, currency, inForm = false, onChange }: Props) {
  const { t } = useTranslation();
  const wanted = arity(op);
  const choices = useOptions().optionsOf(field, values);
  if (wanted === 0) return null;
  if (op === 'inLast') return <PeriodInput value={values[0] ?? ''} onChange={(period) => onChange([period])} />;
  if (wanted === undefined) {
    const shared = { 'aria-label': t('segments.builder.values'), className: inForm ? classes.wide : classes.many, value: [...values], onChange };
    return choices ? <MultiSelect {...shared} data={choices} /> : <TagsInput {...shared} placeholder={values.length === 0 ? t('segments.builder.manyHint') : undefined} acceptValueOnBlur />;
  }
  const at = (i: number) => values[i] ?? '';
  const put = (i: number) => (value: string) => onChange(Array.from({ length: wanted }, (_, n) => (n === i ? value : at(n))));
  return Array.from({ length: wanted }, (_, i) => (
    <span key={i} className={inForm ? classes.line : classes.value}>
      <OneValue inForm={inForm} path={field.path} type={field.type} label={wanted === 1 ? t('segments.builder.value') : i === 0 ? t('segments.builder.from') : t('segments.builder.to')} value={at(i)} currency={currency} choices={choices} onChange={put(i)} />
      {i + 1 < wanted ? <span aria-hidden="true">~</span> : null}
    </span>
  ));
}

interface OneProps { inForm?: boolean; path: string; type: FieldType; label: string; value: string; currency?: string; choices?: { value: string; label: string }[]; onChange: (value: string) => void }

export function OneValue({ inForm = false, path, type, label, value, currency, choices, onChange }: OneProps) {
  const { t } = useTranslation();
  const workspace = useWorkspace();
  const text = { 'aria-label': label, value, onChange: ({ currentTarget }: { currentTarget: HTMLInputElement | HTMLSelectElement }) => onChange(currentTarget.value) };
  const word = inForm ? { className: classes.wide } : { variant: 'unstyled', className: classes.word };
  if (choices) return <NativeSelect {...word} {...text} data={choices} />;
  if (type === 'bool') return <NativeSelect {...word} {...text} data={['true', 'false'].map((each) => ({ value: each, label: t(`segments.bool.${each}`) }))} />;
  if (type === 'date') return <TextInput {...text} type="date" className={inForm ? classes.wide : classes.date} />;
  if (type === 'number' || type === 'money') {
    const percent = isShare(path);
    const code = currency ?? workspace.currency;
    const unit = percent ? '%' : type !== 'money' ? '' : code === 'KRW' ? t('segments.builder.won') : code;
    return (
      <NumberInput aria-label={label} className={inForm ? classes.wide : classes.number} hideControls thousandSeparator="," suffix={unit && ` ${unit}`} decimalScale={percent ? 2 : undefined}
        value={value === '' ? '' : percent ? Math.round(Number(value) * 10_000) / 100 : Number(value)}
        onChange={(next) => onChange(next === '' ? '' : String(percent ? Math.round(Number(next) * 100) / 10_000 : next))} />
    );
  }
  return <TextInput {...text} className={inForm ? classes.wide : classes.text} maxLength={200} />;
}
