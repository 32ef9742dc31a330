import { formatMoney, formatNumber } from '@/lib/format';
import type { Label } from '@/lib/label';
import type { Language } from '@/lib/preferences';

/** A definition as the API has it, as far as a form needs it. */
export interface CustomField {
  key: string; type: string; label: Label; required?: boolean | undefined;
  currency?: string | undefined; default?: unknown; choices?: readonly { key: string; label: Label; archived?: boolean | undefined }[] | null | undefined;
}

const wordsOf = (value: unknown): string => (Array.isArray(value) ? value.join(', ') : typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '');

interface Amount { amount: string; currency: string }
const amountOf = (value: unknown): Amount | undefined => {
  if (typeof value !== 'object' || value === null || !('amount' in value) || !('currency' in value)) return undefined;
  return typeof value.amount === 'string' && typeof value.currency === 'string' ? { amount: value.amount, currency: value.currency } : undefined;
};

/** A value as a form holds it; one that does not fit its type yet is shown as it is. */
export const textOf = (value: unknown): string => amountOf(value)?.amount ?? wordsOf(value);

/** What a form's text says to the API, of several choices a key a line; null for nothing. What is no number is sent as it is, for the API to say what is wrong. */
export function valueOf(field: CustomField, text: string, present?: unknown): unknown {
  const plain = text.trim();
  if (plain === '') return null;
  const number = plain.replaceAll(',', '');
  switch (field.type) {
    case 'number': return Number.isFinite(Number(number)) ? Number(number) : plain;
    case 'money': return { amount: number, currency: amountOf(present)?.currency ?? field.currency };
    case 'choices': return plain.split('\n');
    case 'yesNo': return plain === 'true' ? true : plain === 'false' ? false : plain;
    default: return plain;
  }
}

/** How a value reads when it is not being edited. */
export function shownOf(field: CustomField, value: unknown, language: Language): string | undefined {
  const amount = amountOf(value);
  if (amount) return formatMoney(amount, language);
  return field.type === 'number' && typeof value === 'number' ? formatNumber(value, language, 4) : undefined;
}

/** `gone` is why a choice is not offered any more. */
export interface Choice { value: string; label: string; gone?: 'archived' | 'removed' }

/** The choices of a field: those that are offered, and those that the customer, or a rule, has still. */
export const choicesOf = (field: Pick<CustomField, 'choices'>, present: readonly string[], labelOf: (choice: { key: string; label: Label }) => string): Choice[] => {
  const known = field.choices ?? [];
  const offered = known.filter(({ key, archived }) => !archived || present.includes(key)).map((choice): Choice => ({ value: choice.key, label: labelOf(choice), ...(choice.archived ? { gone: 'archived' } : {}) }));
  return [...offered, ...present.filter((key) => key !== '' && !known.some((choice) => choice.key === key)).map((key): Choice => ({ value: key, label: key, gone: 'removed' }))];
};

export const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : typeof value === 'string' && value !== '' ? [value] : []);

/** The default of a field as a form's text: of several choices a key a line. */
export const defaultText = (field: CustomField | undefined): string => (field?.type === 'choices' ? listOf(field.default).join('\n') : textOf(field?.default));

/** The type that a value without a definition seems to have. */
export function guessOf(value: unknown): string {
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'yesNo';
  if (Array.isArray(value)) return 'choices';
  if (amountOf(value)) return 'money';
  const text = textOf(value);
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return 'date';
  return /^https?:\/\//.test(text) ? 'link' : 'text';
}
