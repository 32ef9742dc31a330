import type { Entry } from './queries';

/** What a timeline can be narrowed to; each filter holds the types of entry that a person means by it. */
export const filters = ['all', 'orders', 'messages', 'notes', 'consents', 'changes'] as const;
export type Filter = (typeof filters)[number];

const groups: Record<string, Filter> = { order: 'orders', message: 'messages', response: 'messages', note: 'notes', consent: 'consents' };

export const groupOf = (type: string): Filter => groups[type] ?? 'changes';
export const matches = (entry: Entry, filter: Filter): boolean => filter === 'all' || groupOf(entry.type) === filter;

const known = ['profileCreated', 'profileChanged', 'archived', 'restored', 'merged', 'unmerged', 'imported', 'leadConverted', 'order', 'consent', 'note', 'message', 'response'] as const;
export type EntryType = (typeof known)[number] | 'other';

/** New types come: a console that does not know one still shows that something happened. */
export const typeOf = (type: string): EntryType => known.find((each) => each === type) ?? 'other';

export const textIn = (entry: Entry, name: string): string => { const value = entry.data?.[name]; return typeof value === 'string' ? value : ''; };
export const numberIn = (entry: Entry, name: string): number => { const value = entry.data?.[name]; return typeof value === 'number' ? value : 0; };

export function totalOf(entry: Entry): { amount: string; currency: string } | undefined {
  const total: unknown = entry.data?.total;
  if (typeof total !== 'object' || total === null || !('amount' in total) || !('currency' in total)) return undefined;
  return typeof total.amount === 'string' && typeof total.currency === 'string' ? { amount: total.amount, currency: total.currency } : undefined;
}

export interface Change { field: string; from: string; to: string }

/** The changed fields, an address split into the parts that differ. */
export function changesOf(entry: Entry): readonly Change[] {
  return Object.entries(recordOf(entry.data?.changes)).flatMap(([field, change]) => {
    const { from, to } = recordOf(change);
    if (field !== 'address' && field !== 'custom') return [{ field, from: wordsOf(from), to: wordsOf(to) }];
    const [was, is] = [recordOf(from), recordOf(to)];
    return [...new Set([...Object.keys(was), ...Object.keys(is)])].map((part) => ({ field: part, from: wordsOf(was[part]), to: wordsOf(is[part]) })).filter((part) => part.from !== part.to);
  });
}

const recordOf = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {});
const wordsOf = (value: unknown): string => (Array.isArray(value) ? value.map(wordsOf).join(', ') : typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : '');
