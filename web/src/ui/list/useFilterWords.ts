import { useTranslation } from 'react-i18next';
import { useMemo } from 'react';
import { formatMoney, formatNumber } from '@/lib/format';
import { fieldIn, isShare } from '../rule/fields';
import { partsOf } from '../rule/PeriodInput';
import type { FieldLeaf } from '../rule/rule';
import { useOptions } from '../rule/useOptions';
import { useLanguage } from '../useLanguage';
import type { Condition, Field } from './filter';

/** What a field is called, and a condition as a clause that people say. */
export function useFilterWords(fields: readonly Field[]) {
  const { t } = useTranslation();
  const language = useLanguage();
  const either = new Intl.ListFormat(language, { type: 'disjunction' });
  const fieldName = (path: string) => fields.find((field) => field.path === path)?.[language] ?? path.replace(/^(customer|order)\.(custom\.)?/, '');
  const fieldAt = useMemo(() => fieldIn(fields), [fields]);
  const { optionName } = useOptions();
  const word = ({ path, op, currency }: FieldLeaf, value: string): string => {
    const parts = op === 'inLast' ? partsOf(value) : undefined;
    if (parts) return t('customers.filter.period', { count: parts.count, unit: t(`segments.unit.${parts.unit}`) });
    const field = fieldAt(path);
    const { type } = field;
    const option = optionName(field, value);
    if (option !== undefined) return option;
    if (type === 'bool') return t(value === 'true' ? 'ui.custom.yes' : 'ui.custom.no');
    if (currency && Number.isFinite(Number(value))) return formatMoney({ amount: value, currency }, language);
    if (isShare(path)) return `${formatNumber(Number(value) * 100, language, 2)} %`;
    return (type === 'number' || type === 'money') && Number.isFinite(Number(value)) ? formatNumber(Number(value), language, 4) : value;
  };
  const clause = (condition: Condition): string => {
    if (condition.kind === 'other') return condition.text;
    const values = condition.values.map((value) => word(condition, value));
    return t(`customers.filter.says.${condition.op}`, { field: fieldName(condition.path), value: condition.op === 'between' ? values.join(' ~ ') : either.format(values) });
  };
  return { fieldName, fieldAt, word, clause };
}
