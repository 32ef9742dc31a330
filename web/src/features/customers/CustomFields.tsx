import { useTranslation } from 'react-i18next';
import { labelIn, useCustomFields, type CustomField } from '@/api/customFields';
import { choicesOf, listOf, shownOf, textOf, valueOf } from '@/ui/custom/custom';
import { InlineChoice } from '@/ui/InlineChoice';
import { InlineField } from '@/ui/InlineField';
import { useLanguage } from '@/ui/useLanguage';
import classes from './Customers.module.css';
import { EditChoices } from './EditChoices';
import { FreeKey } from './FreeKey';
import type { Customer, CustomerPatch } from './queries';

interface Props { customer: Customer; disabled: boolean; onSave: (patch: CustomerPatch) => Promise<unknown> }

/** What this workspace keeps beside the usual fields: those it has defined, by their type, then the keys of its own that have no definition. */
export function CustomFields({ customer, disabled, onSave }: Props) {
  const { t } = useTranslation();
  const { data } = useCustomFields();
  const custom = customer.custom ?? {};
  const fields = (data?.data.data ?? []).filter(({ key, archived }) => !archived || custom[key] !== undefined);
  const free = Object.entries(custom).filter(([key]) => !fields.some((field) => field.key === key));
  return (
    <>
      {fields.map((field) => <Defined key={field.key} field={field} value={custom[field.key]} disabled={disabled || field.archived === true} onSave={(value) => onSave({ custom: { [field.key]: value } })} />)}
      {free.length > 0 ? <h2 className={classes.free}>{t('customers.free.title')}</h2> : null}
      {free.map(([key, value]) => <FreeKey key={key} name={key} value={value} disabled={disabled} onSave={(text) => onSave({ custom: { [key]: text } })} />)}
    </>
  );
}

function Defined({ field, value, disabled, onSave }: { field: CustomField; value: unknown; disabled: boolean; onSave: (value: unknown) => Promise<unknown> }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const label = labelIn(field.label, language);
  const labelOf = (choice: { key: string; label: CustomField['label'] }) => labelIn(choice.label, language) || choice.key;
  const none = { value: '', label: t('ui.custom.none') };
  switch (field.type) {
    case 'choice':
      return <InlineChoice label={label} value={textOf(value)} disabled={disabled} onSave={(next) => onSave(valueOf(field, next))} options={[none, ...choicesOf(field, listOf(value), labelOf)]} />;
    case 'yesNo':
      return <InlineChoice label={label} value={textOf(value)} disabled={disabled} onSave={(next) => onSave(valueOf(field, next))} options={[none, { value: 'true', label: t('ui.custom.yes') }, { value: 'false', label: t('ui.custom.no') }]} />;
    case 'choices':
      return <EditChoices label={label} chosen={listOf(value)} options={choicesOf(field, listOf(value), labelOf)} disabled={disabled} onSave={(next) => onSave(next.length === 0 ? null : next)} />;
    default:
      return <InlineField label={label} value={textOf(value)} shown={shownOf(field, value, language)} type={field.type === 'date' ? 'date' : field.type === 'link' ? 'url' : 'text'} disabled={disabled} maxLength={2000} onSave={(text) => onSave(valueOf(field, text, value))} />;
  }
}
