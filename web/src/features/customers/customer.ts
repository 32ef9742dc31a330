import { formatPhone } from '@/lib/phone';
import type { Customer } from './queries';

export const kinds = ['consumer', 'business', 'channel', 'internal'] as const;
export type Kind = (typeof kinds)[number];
export const genders = ['female', 'male', 'other'] as const;
export const channels = ['email', 'sms', 'phone', 'post', 'fax', 'web'] as const;
export type Channel = (typeof channels)[number];
export const purposes = ['marketing', 'service'] as const;
export type Purpose = (typeof purposes)[number];

export const kindOf = (kind: string | undefined): Kind => kinds.find((known) => known === kind) ?? 'consumer';

/** What to call someone: the name, else the way to reach them, else the shop's own number. */
export function nameOf({ name, email, phone, externalId, id }: Customer): string {
  return name ?? email ?? (phone ? formatPhone(phone) : externalId ?? id);
}

/** One letter for Korean names (the family name), two for names written with spaces. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = [...(words[0] ?? '')][0] ?? '';
  const last = words.length > 1 && /^\p{Script=Latin}/u.test(first) ? [...(words.at(-1) ?? '')][0] ?? '' : '';
  return (first + last).toUpperCase();
}

export type ConsentState = 'granted' | 'withdrawn' | 'silent';

/** What the person said last for a channel and purpose; silence is no. */
export function consentOf(customer: Customer, channel: Channel, purpose: Purpose = 'marketing'): { state: ConsentState; since: string | undefined } {
  const slot = `${channel}.${purpose}`;
  const state = customer.consents?.[slot];
  return { state: state === 'granted' || state === 'withdrawn' ? state : 'silent', since: customer.consentsSince?.[slot] };
}

export const grantedChannels = (customer: Customer): readonly Channel[] => channels.filter((channel) => consentOf(customer, channel).state === 'granted');
