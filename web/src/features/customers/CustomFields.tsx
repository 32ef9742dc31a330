import { InlineField } from '@/ui/InlineField';
import type { Customer, CustomerPatch } from './queries';

const wordsOf = (value: unknown): string => (Array.isArray(value) ? value.join(', ') : typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '');

/** What this workspace keeps beside the usual fields, under its own names. Texts are edited; numbers, yes/no and lists are read until their types are known. */
export function CustomFields({ customer, disabled, onSave }: { customer: Customer; disabled: boolean; onSave: (patch: CustomerPatch) => Promise<unknown> }) {
  return Object.entries(customer.custom ?? {}).map(([key, value]) => (
    <InlineField key={key} label={key} value={wordsOf(value)} disabled={disabled || typeof value !== 'string'} maxLength={2000} onSave={(text) => onSave({ custom: { [key]: text === '' ? null : text } })} />
  ));
}
