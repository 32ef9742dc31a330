import { describe, expect, it } from 'vitest';
import { readRule } from './read';
import { emptyGroup, leavesOf, type FieldLeaf, type FieldType, type Group } from '@/ui/rule/rule';
import { add, duplicate, move, parentOf, remove, wrap } from './tree';
import { pointersOf, prefixesOf, writeRule } from './write';

const types: Record<string, FieldType> = { 'score.rfm.r': 'number', 'customer.address.region': 'text', 'score.notEnoughData': 'bool', 'customer.custom.size': 'dynamic', 'score.revenue': 'money' };
const typeOf = (path: string): FieldType => types[path] ?? 'text';
const back = (rule: unknown) => writeRule(readRule(rule), typeOf);

describe('a rule read and written again says the same', () => {
  it.each([
    { all: [] },
    { all: [{ field: 'customer.address.region', op: 'in', value: ['부산', '대구'] }, { orders: { count: ['gte', 3], inLast: 'P90D' } }] },
    { any: [{ field: 'score.rfm.r', op: 'between', value: [3, 5] }, { field: 'customer.email', op: 'isEmpty' }] },
    { not: { any: [{ segment: 'seg_1' }, { response: { campaignId: 'cmp_1', kind: 'opened' } }] } },
    { all: [{ orders: { sum: ['gte', { amount: '50000', currency: 'KRW' }], where: { all: [{ field: 'order.product', op: 'contains', value: '원두' }] } } }] },
    { all: [{ events: { type: 'visit', count: ['gte', 1] } }] },
    { all: [{ field: 'score.notEnoughData', op: 'eq', value: false }, { field: 'customer.custom.size', op: 'gte', value: 42 }, { field: 'customer.custom.size', op: 'eq', value: '42' }] },
    { all: [{ field: 'score.revenue', op: 'gte', value: { amount: '12.50', currency: 'USD' } }] },
  ])('%j', (rule) => expect(back(rule)).toEqual(rule));
  it.each([
    [{ field: 'customer.name', op: 'eq', value: '민지' }, { all: [{ field: 'customer.name', op: 'eq', value: '민지' }] }],
    [{ not: { segment: 'seg_1' } }, { not: { any: [{ segment: 'seg_1' }] } }],
    [{ not: { all: [{ segment: 'seg_1' }] } }, { not: { any: [{ all: [{ segment: 'seg_1' }] }] } }],
  ])('%j becomes a group', (rule, want) => expect(back(rule)).toEqual(want));
});

const leaf = (id: string, value = 'x'): FieldLeaf => ({ id, kind: 'field', path: 'customer.name', op: 'eq', values: [value] });
const inner: Group = { ...emptyGroup('any', [leaf('c')]), id: 'g' };
const root: Group = { ...emptyGroup('all', [leaf('a'), inner, leaf('b')]), id: 'root' };
const order = (group: Group) => leavesOf(group).map(({ id }) => id).join('');

describe('changing the tree', () => {
  it('leaves an unfinished condition out of the rule, and counts its place out of the pointers', () => {
    const tree = add(root, 'root', leaf('u', ' '), 0);
    expect(JSON.stringify(writeRule(tree, typeOf))).not.toContain('" "');
    expect([...pointersOf(tree)]).toEqual([['', 'root'], ['/all/0', 'a'], ['/all/1', 'g'], ['/all/1/any/0', 'c'], ['/all/2', 'b']]);
  });
  it('walks down into a group, through it and out again', () => {
    const into = move(root, 'a', 1);
    expect(parentOf(into, 'a')?.id).toBe('g');
    const through = move(move(into, 'a', 1), 'a', 1);
    expect(parentOf(through, 'a')?.id).toBe('root');
    expect(order(through)).toBe('cab');
  });
  it('stays where the end is', () => expect(order(move(root, 'b', 1))).toBe('acb'));
  it('removes, doubles and wraps', () => {
    expect(order(remove(root, 'c'))).toBe('ab');
    expect(leavesOf(duplicate(root, 'g'))).toHaveLength(4);
    expect(parentOf(wrap(root, 'a'), 'a')?.join).toBe('any');
  });
  it('narrows step by step', () => {
    expect(prefixesOf(root, typeOf).map(({ id }) => id)).toEqual(['a', 'g', 'b']);
    expect((prefixesOf(root, typeOf)[1]?.rule.all as unknown[]).length).toBe(2);
  });
});
