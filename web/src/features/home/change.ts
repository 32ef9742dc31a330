import type { Tone } from '@/ui/StateBadge';
import type { Day } from './queries';

export type Way = 'more' | 'less' | 'same';
export interface Change { way: Way; by: number; tone: Tone }

/** How a figure moved against an earlier one. Growth is good, shrinking wants a look, and standing still is neither. */
export function changeOf(now: number, before: number): Change {
  const by = now - before;
  if (by === 0) return { way: 'same', by: 0, tone: 'neutral' };
  return by > 0 ? { way: 'more', by, tone: 'good' } : { way: 'less', by: -by, tone: 'attention' };
}

/** A difference with its sign; the words are for what is more than nothing. */
export const signed = (by: number, words: (by: number) => string): string => (by === 0 ? `±${words(0)}` : `${by > 0 ? '+' : '−'}${words(Math.abs(by))}`);

export interface Week { yesterday?: Day; before?: Day; weekBefore?: Day; /** Oldest first, up to yesterday. */ line: readonly Day[] }

/** The days are oldest first and end with today, which is not over and so in no comparison. */
export function weekOf(days: readonly Day[]): Week {
  return { yesterday: days.at(-2), before: days.at(-3), weekBefore: days.at(-9), line: days.slice(-31, -1) };
}

/** The segment page with a rule to begin with. */
export const segmentPath = (rule: unknown, name: string): string => `/segments/new?${new URLSearchParams({ rule: JSON.stringify(rule), name }).toString()}`;
