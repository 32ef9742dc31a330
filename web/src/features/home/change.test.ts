import { expect, it } from 'vitest';
import { changeOf, segmentPath, signed, weekOf } from './change';
import type { Day } from './queries';

it.each([[5, 3, 'more', 2, 'good'], [3, 5, 'less', 2, 'attention'], [4, 4, 'same', 0, 'neutral']])('%d after %d is %s by %d', (now, before, way, by, tone) => {
  expect(changeOf(now, before)).toEqual({ way, by, tone });
});

it.each([[3, '+3'], [-2, '−2'], [0, '±0']])('a difference of %d is written %s', (by, want) => expect(signed(by, String)).toBe(want));

it('compares yesterday with the day before and a week before, and leaves today out', () => {
  const days = Array.from({ length: 38 }, (_, i): Day => ({ day: String(i), customers: i, orders: 0, buyers: 0, revenue: { amount: '0', currency: 'KRW' } }));
  const { yesterday, before, weekBefore, line } = weekOf(days);
  expect([yesterday?.day, before?.day, weekBefore?.day]).toEqual(['36', '35', '29']);
  expect([line.length, line[0]?.day, line.at(-1)?.day]).toEqual([30, '7', '36']);
  expect(weekOf([]).yesterday).toBeUndefined();
});

it('opens the people behind a figure', () => {
  const url = new URL(segmentPath({ all: [] }, '어제'), 'http://x');
  expect(JSON.parse(url.searchParams.get('rule') ?? '')).toEqual({ all: [] });
});
