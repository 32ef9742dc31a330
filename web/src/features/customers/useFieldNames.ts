import { useTranslation } from 'react-i18next';
import { labelIn, type CustomField } from '@/api/customFields';
import { useLanguage } from '@/ui/useLanguage';
import { mergeFields } from './merge';

/** What a field is called, one of the workspace's own by its label. */
export function useFieldNames(custom: readonly CustomField[]) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (field: string): string => {
    const known = mergeFields.find((each) => each === field);
    if (known !== undefined) return known === 'address' ? t('customers.field.line1') : t(`customers.field.${known}`);
    const key = field.slice('custom.'.length);
    const label = custom.find((each) => each.key === key)?.label;
    return label ? labelIn(label, language) : key;
  };
}
