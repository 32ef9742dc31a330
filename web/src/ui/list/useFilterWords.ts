import { useTranslation } from 'react-i18next';
import { formatNumber } from '@/lib/format';
import { choicesOf, isShare } from '../rule/fields';
import { partsOf } from '../rule/PeriodInput';
import type { FieldLeaf } from '../rule/rule';
import { useLanguage } from '../useLanguage';
import type { Condition, Field } from './filter';

/** What a field is called, and a condition as a clause that people say. */
export function useFilterWords(fields: readonly Field[]) {
  const { t } = useTranslation();
  const language = useLanguage();
  const either = new Intl.ListFormat(language, { type: 'disjunction' });
  const fieldName = (path: string) => fields.find((field) => field.path === path)?.[language] ?? path.replace(/^(customer|order)\.(custom\.)?/, '');
  const typeOf = (path: string) => fields.find((field) => field.path === path)?.type ?? 'text';
  const word = ({ path, op }: FieldLeaf, value: string): string => {
    const parts = op === 'inLast' ? partsOf(value) : undefined;
    if (parts) return t('customers.filter.period', { count: parts.count, unit: t(`segments.unit.${parts.unit}`) });
    if (choicesOf(path)?.includes(value)) return t(`segments.choice.${value}`);
    const type = typeOf(path);
    if (type === 'bool') return t(value === 'true' ? 'ui.custom.yes' : 'ui.custom.no');
    if (isShare(path)) return `${formatNumber(Number(value) * 100, language, 2)} %`;
    return (type === 'number' || type === 'money') && Number.isFinite(Number(value)) ? formatNumber(Number(value), language, 4) : value;
  };
  const clause = (condition: Condition): string => {
    if (condition.kind === 'other') return condition.text;
    const values = condition.values.map((value) => word(condition, value));
    return t(`customers.filter.says.${condition.op}`, { field: fieldName(condition.path), value: condition.op === 'between' ? values.join(' ~ ') : either.format(values) });
  };
  return { fieldName, typeOf, word, clause };
}
