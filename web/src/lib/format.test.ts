import { describe, expect, it } from 'vitest';
import { formatDifference, formatFixed, formatMoney, formatMoneyShort, formatShort, formatWhen } from './format';

describe('formatShort', () => {
  it.each([
    [0, '0'], [9_999, '9,999'], [10_000, '1만'], [123_000, '12.3만'], [1_234_567, '123만'], [99_999_999, '1억'],
    [450_000_000, '4.5억'], [-123_000, '-12.3만'], [2_000_000_000_000, '2조'], [12_340_000_000, '123억'],
  ])('reads %d as %s in Korean', (value, want) => {
    expect(formatShort(value, 'ko')).toBe(want);
  });
  it.each([[999, '999'], [12_300, '12.3K'], [4_500_000, '4.5M']])('reads %d as %s in English', (value, want) => {
    expect(formatShort(value, 'en')).toBe(want);
  });
});

it('keeps the noughts of a column and the sign of a difference', () => {
  expect([formatFixed(0.52, 'en', 3), formatFixed(1234.5, 'ko', 1)]).toEqual(['0.520', '1,234.5']);
  expect([formatDifference(0.0164, 'en'), formatDifference(-0.017, 'ko'), formatDifference(0, 'en')]).toEqual(['+1.6%', '-1.7%', '0%']);
});

describe('money', () => {
  it('puts 원 after whole won in Korean', () => expect(formatMoney({ amount: '1234567', currency: 'KRW' }, 'ko')).toBe('1,234,567원'));
  it('keeps the cents of a dollar', () => expect(formatMoney({ amount: '12.50', currency: 'USD' }, 'en')).toBe('$12.50'));
  it('shortens in tiles', () => {
    expect(formatMoneyShort({ amount: '450000000', currency: 'KRW' }, 'ko')).toBe('4.5억원');
    expect(formatMoneyShort({ amount: '4500000', currency: 'USD' }, 'en')).toBe('$4.5M');
  });
  it('shows an amount it cannot read as it came', () => expect(formatMoney({ amount: '?', currency: 'KRW' }, 'ko')).toBe('?'));
});

describe('formatWhen', () => {
  const now = new Date('2025-06-10T03:00:00Z');
  it.each([
    ['2025-06-10T02:59:40Z', '지금'], ['2025-06-10T02:55:00Z', '5분 전'], ['2025-06-10T00:00:00Z', '3시간 전'],
    ['2025-06-09T02:00:00Z', '어제'], ['2025-06-04T03:00:00Z', '6일 전'], ['2025-05-01T20:00:00Z', '5월 2일'], ['2024-12-31T14:00:00Z', '2024년 12월 31일'],
  ])('reads %s as %s', (at, want) => {
    expect(formatWhen(new Date(at), now, 'ko', 'Asia/Seoul')).toBe(want);
  });
});
