import { expect, test } from 'vitest';
import { csvOf, layOut, monthBefore, movedNow, namesOf, ruleOfFlow } from './flows';
import type { Flow, Lifecycle } from './queries';

const none = { amount: '0', currency: 'KRW' };
const flows: Flow[] = [
  { from: 'prospect', to: 'prospect', customers: 5, revenue: none },
  { from: 'prospect', to: 'newBuyer', customers: 3, revenue: { amount: '90000', currency: 'KRW' } },
  { to: 'prospect', customers: 2, revenue: none },
  { from: 'newBuyer', customers: 1, revenue: none },
];
const month = (name: string) => ({ month: name, asOf: `${name}-28`, closed: true, currency: 'KRW', orders: 1, stages: [] });
const data = { from: '2026-02', to: '2026-03', asOf: '2026-03-02', currency: 'KRW', flows, stages: [], months: [month('2026-03'), month('2026-02')], reasons: [] } satisfies Lifecycle;

test('bars and ribbons keep the numbers of people, in the order of the cycle', () => {
  const { left, right, ribbons } = layOut(flows, ['prospect', 'newBuyer']);
  expect(left.map(({ stage, customers }) => [stage, customers])).toEqual([['prospect', 8], ['newBuyer', 1], [undefined, 2]]);
  expect(right.map(({ stage, customers }) => [stage, customers])).toEqual([['prospect', 7], ['newBuyer', 3], [undefined, 1]]);
  expect(left.reduce((sum, { height }) => sum + height, 0)).toBeCloseTo(right.reduce((sum, { height }) => sum + height, 0));
  expect(Math.max(...[...left, ...right].map(({ top, height }) => top + height))).toBeLessThanOrEqual(100.001);
  expect(ribbons.filter(({ stayed }) => stayed)).toHaveLength(1);
});

test('names of thin bars stand below one another', () => {
  const bar = (top: number, height: number) => ({ stage: 'prospect', customers: 1, top, height });
  expect(namesOf([bar(0, 40), bar(41, 1), bar(43, 1), bar(60, 10)], 5)).toEqual([20, 41.5, 46.5, 65]);
});

test('nobody is drawn as nothing', () => {
  expect(layOut([], ['prospect'])).toEqual({ left: [], right: [], ribbons: [] });
});

test('a move opens the people behind it; who is gone cannot be opened', () => {
  expect(flows.map((flow) => JSON.stringify(ruleOfFlow(flow)))).toEqual([
    '{"all":[{"field":"score.lifecycleBefore","op":"eq","value":"prospect"},{"field":"score.lifecycleStage","op":"eq","value":"prospect"}]}',
    '{"all":[{"field":"score.lifecycleBefore","op":"eq","value":"prospect"},{"field":"score.lifecycleStage","op":"eq","value":"newBuyer"}]}',
    '{"all":[{"field":"score.lifecycleBefore","op":"isEmpty"},{"field":"score.lifecycleStage","op":"eq","value":"prospect"}]}',
    undefined,
  ]);
});

test('only moves since last month are of today', () => {
  expect(monthBefore('2026-01')).toBe('2025-12');
  expect(movedNow(data)).toBe(true);
  expect(movedNow({ ...data, from: '2026-01' })).toBe(false);
  expect(movedNow({ ...data, to: '2026-02', from: '2026-01' })).toBe(false);
});

test('the file names stages by their codes', () => {
  expect(csvOf(data)[2]).toEqual(['2026-02', 'prospect', '2026-03', 'newBuyer', '3', '90000', 'KRW']);
  expect(csvOf(data)[4]).toEqual(['2026-02', 'newBuyer', '2026-03', '', '1', '0', 'KRW']);
});
