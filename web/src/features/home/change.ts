import type { Tone } from '@/ui/StateBadge';

export type Way = 'more' | 'less' | 'same';
export interface Change { way: Way; by: number; tone: Tone }

/** How a figure moved against an earlier one. Growth is good, shrinking wants a look, and standing still is neither. */
export function changeOf(now: number, before: number): Change {
  const by = now - before;
  if (by === 0) return { way: 'same', by: 0, tone: 'neutral' };
  return by > 0 ? { way: 'more', by, tone: 'good' } : { way: 'less', by: -by, tone: 'attention' };
}

/** The line of a tile: oldest first, the latest last; two points make a line. */
export const trendOf = (latest: number, earlier: readonly number[]): readonly number[] => [...earlier].reverse().concat(latest);
