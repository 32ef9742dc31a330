import { formatPhone } from '@/lib/phone';
import { genders, kindOf } from './customer';
import type { Customer, MergeChoice } from './queries';

/** The fields that can be chosen, in the order in which a record shows them. */
export const mergeFields = ['name', 'phone', 'email', 'externalId', 'kind', 'birthDate', 'gender', 'address', 'lifecycleStage', 'companyId', 'ownerId'] as const;
export type MergeField = (typeof mergeFields)[number];

export type Wording = (kind: 'kind' | 'gender', value: string) => string;

/** A field as people read it, '' for none. */
export function shownOf(customer: Customer, field: string, word: Wording): string {
  if (field.startsWith('custom.')) return wordsOf(customer.custom?.[field.slice('custom.'.length)]);
  const known = mergeFields.find((each) => each === field);
  if (known === undefined) return '';
  if (known === 'address') return addressOf(customer.address);
  const value = customer[known] ?? '';
  if (known === 'phone') return value ? formatPhone(value) : '';
  if (known === 'kind') return word('kind', kindOf(value));
  if (known === 'gender') return genders.some((each) => each === value) ? word('gender', value) : '';
  return value;
}

function addressOf(address: Customer['address']): string {
  if (!address) return '';
  const { postalCode, country, region, city, line1, line2 } = address;
  return [line1, line2, city, region, postalCode, country].filter(Boolean).join(', ');
}

function wordsOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(wordsOf).join(', ');
  if (typeof value === 'object' && value !== null && 'amount' in value && 'currency' in value) return `${wordsOf(value.amount)} ${wordsOf(value.currency)}`;
  return typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** The fields in which the two say different things; where only one says something, that holds and nothing has to be chosen. */
export function differing(one: Customer, other: Customer): readonly string[] {
  const own = new Set([...Object.keys(one.custom ?? {}), ...Object.keys(other.custom ?? {})]);
  const plainly: Wording = (_, value) => value;
  return [...mergeFields, ...[...own].sort().map((key) => `custom.${key}`)].filter((field) => {
    const [a, b] = [shownOf(one, field, plainly), shownOf(other, field, plainly)];
    return a !== '' && b !== '' && a !== b;
  });
}

/** What is sent: only what differs from the rule that this one's value stays. */
export const choicesOf = (chosen: Readonly<Record<string, 'this' | 'other'>>): MergeChoice => Object.fromEntries(Object.entries(chosen).filter(([, side]) => side === 'other'));
