import { formatPhone } from '@/lib/phone';
import type { Tone } from '@/ui/StateBadge';
import type { Lead } from './queries';

export const statuses = ['new', 'working', 'qualified', 'converted', 'lost'] as const;
export type Status = (typeof statuses)[number];
export const statusOf = (status: string | undefined): Status => statuses.find((known) => known === status) ?? 'new';

/** Converted is what converting does; nobody sets it by hand. */
export const settable = statuses.filter((status) => status !== 'converted');

export const tones: Record<Status, Tone> = { new: 'attention', working: 'neutral', qualified: 'good', converted: 'good', lost: 'bad' };

export const nameOf = ({ name, company, email, phone, id }: Lead): string => name ?? company ?? email ?? (phone ? formatPhone(phone) : id);
