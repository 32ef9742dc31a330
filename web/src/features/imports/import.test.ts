import { expect, it } from 'vitest';
import { missingFields, samplesOf, stepOf, undoUntil } from './import';

const committedAt = '2026-11-01T00:00:00Z';

it('can be undone for 30 days after the commit, and only then', () => {
  expect(undoUntil({ status: 'succeeded', committedAt }, new Date('2026-11-30T00:00:00Z'))).toEqual(new Date('2026-12-01T00:00:00Z'));
  expect(undoUntil({ status: 'succeeded', committedAt }, new Date('2026-12-01T00:00:01Z'))).toBeUndefined();
  expect(undoUntil({ status: 'undone', committedAt }, new Date('2026-11-02T00:00:00Z'))).toBeUndefined();
  expect(undoUntil({ status: 'canceled' }, new Date('2026-11-02T00:00:00Z'))).toBeUndefined();
});
it('names the fields that an orders file still needs', () => {
  expect(missingFields('orders', { 날짜: 'orderedAt', 금액: 'total' })).toEqual({ all: ['customerExternalId'], oneOf: [] });
  expect(missingFields('customers', { 성별: 'gender' }).oneOf).toContain('email');
});
it('shows each sample value once and no blanks', () => {
  expect(samplesOf([['a', ' '], ['a', 'x'], ['b', 'y']], 0)).toEqual(['a', 'b']);
  expect(samplesOf([['a', ' '], ['a', 'x']], 1)).toEqual(['x']);
});
it('stands at the step of its status, an unknown one at the first', () => {
  expect([stepOf('ready'), stepOf('undone'), stepOf('asleep')]).toEqual(['check', 'bring', 'file']);
});
