import { describe, expect, it } from 'vitest';
import { fieldIn, opsOf, startField, withOp, type Info } from './fields';
import type { FieldLeaf, Op } from './rule';

const own = (key: string, type: string, more: Partial<Info> = {}): Info => ({ path: `customer.custom.${key}`, type, ko: key, en: key, ops: null, ...more });
const fieldAt = fieldIn([
  own('vip', 'bool'), own('joined', 'date'), own('visits', 'number'), own('note', 'text'), own('deposit', 'money', { currency: 'USD' }),
  own('grade', 'text', { choices: [{ key: 'old', label: { ko: '옛' }, archived: true }, { key: 'gold', label: { ko: '골드' } }] }),
  own('likes', 'tags', { choices: [{ key: 'poem', label: { ko: '시' } }] }),
]);
const at = (key: string) => fieldAt(`customer.custom.${key}`);
const asked = ({ op, values, currency }: FieldLeaf) => [op, ...values, ...(currency ? [currency] : [])].join(' ');

describe('a condition begins', () => {
  it.each([
    ['a yes or no with yes', 'vip', 'eq true'], ['a choice with the first that is offered', 'grade', 'eq gold'], ['choices too', 'likes', 'eq poem'],
    ['an amount in the currency of its field', 'deposit', 'gte USD'], ['a day with a period', 'joined', 'inLast P90D'], ['a text with nothing', 'note', 'eq'], ['a key without a field with nothing', 'shoe', 'eq'],
  ])('%s', (_, key, want) => expect(asked(startField(at(key)))).toBe(want));
});

describe('another operator', () => {
  const turned = (key: string, from: Op, values: string[], to: Op) => asked(withOp({ ...startField(at(key)), op: from, values }, to, at(key)));
  it.each<[string, string, Op, string[], Op, string]>([
    ['asks for yes where nothing was asked', 'vip', 'isEmpty', [], 'eq', 'eq true'],
    ['keeps no', 'vip', 'eq', ['false'], 'eq', 'eq false'],
    ['asks for the first choice where nothing was asked', 'grade', 'isNotEmpty', [], 'ne', 'ne gold'],
    ['asks for none of several', 'likes', 'isEmpty', [], 'in', 'in'],
    ['keeps a choice that is archived', 'grade', 'eq', ['old'], 'in', 'in old'],
    ['keeps the currency', 'deposit', 'gte', ['5'], 'lt', 'lt 5 USD'],
    ['throws a period away', 'joined', 'inLast', ['P30D'], 'after', 'after'],
    ['asks for nothing that is empty', 'note', 'eq', ['x'], 'isEmpty', 'isEmpty'],
  ])('%s', (_, key, from, values, to, want) => expect(turned(key, from, values, to)).toBe(want));
});

it('a field of choices is compared by whole choices, a text by its parts too', () => {
  expect([opsOf(at('grade'), 'eq').includes('contains'), opsOf(at('note'), 'eq').includes('contains'), opsOf(at('grade'), 'contains').includes('contains')]).toEqual([false, true, true]);
});
