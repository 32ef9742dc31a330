import { expect, it } from 'vitest';
import { changesOf, groupOf, matches, totalOf, typeOf } from './entry';

const entry = (type: string, data: Record<string, unknown> = {}) => ({ id: 'evt_1', type, at: '2026-11-22T17:31:35Z', data });

it('shows an entry of a type that is not known yet', () => {
  expect(typeOf('ticketOpened')).toBe('other');
  expect(matches(entry('ticketOpened'), 'all')).toBe(true);
  expect(groupOf('response')).toBe('messages');
});
it('splits a changed address into the parts that differ', () => {
  const changes = { name: { from: '최수아', to: '최수아자' }, address: { from: { city: '서울' }, to: { city: '서울', line1: '연희로 11' } }, tags: { to: ['a', 'b'] } };
  expect(changesOf(entry('profileChanged', { changes }))).toEqual([
    { field: 'name', from: '최수아', to: '최수아자' }, { field: 'line1', from: '', to: '연희로 11' }, { field: 'tags', from: '', to: 'a, b' },
  ]);
});
it.each([[{ amount: '9', currency: 'KRW' }, true], [{ amount: 9 }, false], [undefined, false]])('%j is money: %s', (total, is) => {
  expect(totalOf(entry('order', { total })) !== undefined).toBe(is);
});
