import { NativeSelect, NumberInput, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import classes from './PlanForm.module.css';
import type { Plan } from './usePlan';
import type { Name } from './values';

interface Field { plan: Plan; name: Name; disabled?: boolean; why?: string; wide?: boolean }

/** What a launch has settled is read, not greyed out. */
function Settled({ name, wide, children }: { name: Name; wide?: boolean; children: ReactNode }) {
  const { t } = useTranslation();
  return <div className={wide ? classes.wide : undefined}><p className={classes.label}>{t(`campaigns.field.${name}`)}</p><p className={classes.fact}>{children}</p></div>;
}

/** A field of the plan: typed freely, kept when it is left. */
export function PlanText({ plan, name, disabled, why, wide, rows, hint, max }: Field & { rows?: number; hint?: string; max: number }) {
  const { t } = useTranslation();
  const shared = {
    className: wide ? classes.wide : undefined, label: t(`campaigns.field.${name}`), description: why, placeholder: hint, maxLength: max, name, value: plan.values[name], error: plan.errors[name],
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) => plan.type(name, currentTarget.value), onBlur: () => plan.keep(),
  };
  if (disabled) return plan.values[name] ? <Settled name={name} wide={wide}>{plan.values[name]}</Settled> : null;
  return rows ? <Textarea {...shared} autosize minRows={rows} maxRows={12} /> : <TextInput {...shared} />;
}

export function PlanDate({ plan, name, why, wide }: Field) {
  const { t } = useTranslation();
  return <TextInput type="date" className={wide ? classes.wide : undefined} label={t(`campaigns.field.${name}`)} description={why} name={name} value={plan.values[name]} error={plan.errors[name]}
    onChange={({ currentTarget }) => plan.type(name, currentTarget.value)} onBlur={() => plan.keep()} />;
}

export function PlanNumber({ plan, name, disabled, why, wide, suffix, money, max, negative = false }: Field & { suffix?: string; money?: string; max?: number; negative?: boolean }) {
  const { t } = useTranslation();
  const unit = money ? (money === 'KRW' ? t('campaigns.won') : ` ${money}`) : suffix;
  if (disabled) return plan.values[name] ? <Settled name={name} wide={wide}>{`${plan.values[name]}${unit ?? ''}`}</Settled> : null;
  return <NumberInput className={wide ? classes.wide : undefined} label={t(`campaigns.field.${name}`)} description={why} inputWrapperOrder={['label', 'input', 'description', 'error']} name={name} hideControls thousandSeparator="," suffix={unit}
    max={max} allowNegative={negative} decimalScale={money === 'KRW' || name === 'targetCount' ? 0 : 2} value={plan.values[name] === '' ? '' : Number(plan.values[name])} error={plan.errors[name]}
    onChange={(next) => plan.type(name, next === '' ? '' : String(next))} onBlur={() => plan.keep()} />;
}

export function PlanChoice({ plan, name, disabled, why, wide, data, to }: Field & { data: { value: string; label: string }[]; /** Where the chosen record is. */ to?: string }) {
  const { t } = useTranslation();
  const label = data.find(({ value }) => value === plan.values[name])?.label ?? plan.values[name];
  if (disabled) return <Settled name={name} wide={wide}>{to ? <Link to={to}>{label}</Link> : label}</Settled>;
  return <NativeSelect className={wide ? classes.wide : undefined} label={t(`campaigns.field.${name}`)} description={why} inputWrapperOrder={['label', 'input', 'description', 'error']} name={name} value={plan.values[name]} error={plan.errors[name]} data={data}
    onChange={({ currentTarget }) => plan.keep({ [name]: currentTarget.value })} />;
}
