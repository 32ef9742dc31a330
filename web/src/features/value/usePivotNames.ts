import { useTranslation } from 'react-i18next';
import { useMe } from '@/api/me';
import { labelIn, useCustomFields, type CustomField } from '@/api/customFields';
import { useLanguage } from '@/ui/useLanguage';
import { asRows, fields, type FieldWord } from './pivot';

interface Option { value: string; label: string }
const kinds = ['consumer', 'business', 'channel', 'internal'] as const;
const genders = ['female', 'male', 'other'] as const;

/** What can be rows, and what a row is called: choices by their labels, codes by their words, people by their address. */
export function usePivotNames(path: string): { options: Option[]; nameOf: (value: string | undefined) => string } {
  const { t } = useTranslation();
  const language = useLanguage();
  const custom = useCustomFields().data?.data.data ?? [];
  const me = useMe().data;
  const usable = custom.filter(({ type, archived }) => asRows.includes(type) && !archived);
  const options = [
    { value: '', label: t('value.pivot.everybody') },
    ...(Object.keys(fields) as FieldWord[]).map((word) => ({ value: fields[word], label: t(`value.pivot.field.${word}`) })),
    ...usable.map((field) => ({ value: `customer.custom.${field.key}`, label: labelIn(field.label, language) || field.key })),
  ];
  const own = custom.find(({ key }) => path === `customer.custom.${key}`);
  const coded = (value: string): string => {
    const kind = path === fields.kind ? kinds.find((each) => each === value) : undefined;
    const gender = path === fields.gender ? genders.find((each) => each === value) : undefined;
    if (kind) return t(`customers.kind.${kind}`);
    if (gender) return t(`customers.gender.${gender}`);
    return path === fields.owner && me?.user?.id === value ? me.user.email : value;
  };
  const nameOf = (value: string | undefined): string => {
    if (value === undefined || value === '') return path === '' ? t('value.pivot.everybody') : t('value.pivot.none');
    return own ? ownName(own, value, { yes: t('ui.custom.yes'), no: t('ui.custom.no') }, language) : coded(value);
  };
  return { options, nameOf };
}

function ownName(field: CustomField, value: string, words: { yes: string; no: string }, language: string): string {
  if (field.type === 'yesNo') return value === 'true' ? words.yes : words.no;
  const choice = field.choices?.find(({ key }) => key === value);
  return choice ? labelIn(choice.label, language) || value : value;
}
