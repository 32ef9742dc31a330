import { MultiSelect, NativeSelect, TextInput } from '@mantine/core';
import type { ChangeEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { labelIn } from '@/lib/label';
import { useLanguage } from '@/ui/useLanguage';
import { choicesOf, type CustomField } from './custom';

interface Props {
  field: CustomField;
  input: { name: string; value: string; error: string | undefined; onChange: (event: ChangeEvent<HTMLInputElement>) => void };
  description?: string;
  onSet: (text: string) => void;
}

/** The value of a custom field in a form: that of a new customer, or its default. The text of several choices is their keys, a line each. */
export function CustomInput({ field, input, description, onSet }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const common = { name: input.name, error: input.error, description, label: labelIn(field.label, language), withAsterisk: field.required };
  const present = input.value === '' ? [] : input.value.split('\n');
  const options = choicesOf(field, present, (choice) => labelIn(choice.label, language) || choice.key).map(({ value, label, gone }) => ({ value, label: gone ? t(`ui.custom.${gone}`, { name: label }) : label }));
  const none = { value: '', label: t('ui.custom.none') };
  switch (field.type) {
    case 'choice':
      return <NativeSelect {...common} value={input.value} onChange={({ currentTarget }) => onSet(currentTarget.value)} data={[none, ...options]} />;
    case 'yesNo':
      return <NativeSelect {...common} value={input.value} onChange={({ currentTarget }) => onSet(currentTarget.value)} data={[none, { value: 'true', label: t('ui.custom.yes') }, { value: 'false', label: t('ui.custom.no') }]} />;
    case 'choices':
      return <MultiSelect {...common} value={present} onChange={(keys) => onSet(keys.join('\n'))} data={options} />;
    default:
      return <TextInput {...common} value={input.value} onChange={input.onChange} type={field.type === 'date' ? 'date' : field.type === 'link' ? 'url' : 'text'} inputMode={field.type === 'number' || field.type === 'money' ? 'decimal' : undefined} rightSection={field.type === 'money' ? <small>{field.currency}</small> : undefined} maxLength={2000} autoComplete="off" />;
  }
}
