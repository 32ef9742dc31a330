import { expect, it } from 'vitest';
import { linesOf, rowsOf } from './curve';

const weeks = [{ day: '2026-01-04', actual: 0, expected: 0 }, { day: '2026-01-11', actual: 6, expected: 5 }, { day: '2026-01-18', actual: 8, expected: 10.456 }];

it('draws both lines from the first day to the last, up to the larger of the two', () => {
  expect(linesOf(weeks, '2026-01-11')).toEqual({ actual: '0,100 50,42.62 100,23.49', expected: '0,100 50,52.18 100,0', split: 50, most: 10.456 });
});
it('draws nothing out of nothing', () => {
  expect(linesOf([], '2026-01-11')).toEqual({ actual: '', expected: '', split: 0, most: 1 });
});
it('keeps the split within the chart', () => {
  expect(linesOf(weeks, '2025-12-01').split).toBe(0);
  expect(linesOf(weeks, '2026-12-01').split).toBe(100);
});
it('writes a row a day under its head', () => {
  expect(rowsOf(weeks, ['day', 'actual', 'expected'])).toEqual([['day', 'actual', 'expected'], ['2026-01-04', '0', '0'], ['2026-01-11', '6', '5'], ['2026-01-18', '8', '10.46']]);
});
