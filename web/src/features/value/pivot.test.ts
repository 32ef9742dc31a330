import { describe, expect, it } from 'vitest';
import { askOf, defaults, fileOf, monthBefore, periodName, shadeOf } from './pivot';
import type { PivotCell, PivotTable } from './queries';

const cell = (amount: string, orders: number, buyers: number): PivotCell => ({ revenue: { amount, currency: 'KRW' }, orders, buyers, rule: { all: [] } });

describe('a pivot as it is asked', () => {
  const at = new Date('2026-03-01T00:30:00+09:00'); // February still in UTC

  it.each([
    ['the last twelve months, in the zone of the workspace', {}, { columns: 'month', rows: 'customer.address.region', from: '2025-04' }],
    ['without rows', { rows: '' }, { columns: 'month', from: '2025-04' }],
    ['of a segment, three years by quarters', { segment: 'seg_1', months: '36', columns: 'quarter' }, { columns: 'quarter', rows: 'customer.address.region', from: '2023-04', rule: { segment: 'seg_1' } }],
    ['what no one offers is left out', { months: '7', columns: 'week' }, { columns: 'month', rows: 'customer.address.region', from: '2025-04' }],
  ])('%s', (_, patch, want) => {
    expect(askOf({ ...defaults, ...patch }, at, 'Asia/Seoul')).toEqual(want);
  });

  it('counts months over the end of a year', () => {
    expect([0, 1, 2, 14].map((back) => monthBefore(at, 'UTC', back))).toEqual(['2026-02', '2026-01', '2025-12', '2024-12']);
  });
});

describe('a pivot as it is shown', () => {
  it('names periods', () => {
    expect((['month', 'quarter', 'year'] as const).map((step) => periodName('2026-04', step))).toEqual(['2026-04', '2026 Q2', '2026']);
  });

  it('shades by the strongest, and nothing below zero', () => {
    expect([-5, 0, 1, 50, 100].map((value) => shadeOf(value, 100))).toEqual([0, 0, 1, 3, 5]);
    expect(shadeOf(3, 0)).toBe(0);
  });

  it('writes every figure to a file, with the totals of the API and not sums', () => {
    const table: PivotTable = { currency: 'KRW', periods: ['2026-01', '2026-02'],
      rows: [{ value: '서울', cells: [cell('10', 1, 1), cell('20', 2, 1)], total: cell('30', 3, 1) }, { cells: [cell('0', 0, 0), cell('5', 1, 1)], total: cell('5', 1, 1) }],
      total: { cells: [cell('10', 1, 1), cell('25', 3, 2)], total: cell('35', 4, 2) } };
    expect(fileOf(table, { head: ['r', 'p', 'rev', 'cur', 'o', 'b'], total: '합계', name: (value) => value ?? '없음', period: (first) => first })).toEqual([
      ['r', 'p', 'rev', 'cur', 'o', 'b'],
      ['서울', '2026-01', '10', 'KRW', '1', '1'], ['서울', '2026-02', '20', 'KRW', '2', '1'], ['서울', '합계', '30', 'KRW', '3', '1'],
      ['없음', '2026-01', '0', 'KRW', '0', '0'], ['없음', '2026-02', '5', 'KRW', '1', '1'], ['없음', '합계', '5', 'KRW', '1', '1'],
      ['합계', '2026-01', '10', 'KRW', '1', '1'], ['합계', '2026-02', '25', 'KRW', '3', '2'], ['합계', '합계', '35', 'KRW', '4', '2'],
    ]);
  });
});
