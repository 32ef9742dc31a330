import { describe, expect, it } from 'vitest';
import { whatOf, whoOf } from './bulk';

const ids = new Set(['cus_1', 'cus_2']);

describe('who is changed', () => {
  it.each([
    ['the chosen rows', { everything: false, ids }, { q: '김', filter: 'kind eq business' }, { ids: ['cus_1', 'cus_2'] }],
    ['all', { everything: true, ids }, { q: ' ', filter: '' }, { all: true }],
    ['all whom a filter finds', { everything: true, ids }, { q: '', filter: 'kind eq business' }, { filter: 'kind eq business' }],
    ['all whom a filter and a search find', { everything: true, ids }, { q: '김', filter: 'kind eq business' }, { filter: 'kind eq business', q: '김' }],
  ])('%s', (_, selection, asked, want) => { expect(whoOf(selection, asked)).toEqual(want); });
});

describe('what is changed', () => {
  it.each([
    ['addTags', [], '', undefined], ['addTags', ['vip'], '', { addTags: ['vip'] }], ['removeTags', ['vip'], '', { removeTags: ['vip'] }],
    ['ownerId', [], '', { ownerId: null }], ['lifecycleStage', [], ' 단골 ', { lifecycleStage: '단골' }], ['archive', [], '', { archive: true }],
  ] as const)('%s %j %j', (verb, tags, text, want) => { expect(whatOf(verb, tags, text)).toEqual(want); });
});
