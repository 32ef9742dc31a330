import { describe, expect, it } from 'vitest';
import { choicesOf, keyOf, linesOf, moved } from './customField';

const gold = { key: 'gold', label: { ko: '골드', en: 'Gold' } };
const silver = { key: 'silver', label: { ko: '실버' } };

describe('choices, a line each', () => {
  it.each([
    ['a new line is its own key', '골드\n실버\n브론즈', [gold, silver, { key: '브론즈', label: { ko: '브론즈' } }]],
    ['a line that is gone is archived, for the customers who have it', '골드', [gold, { ...silver, archived: true }]],
    ['the order is that of the lines', 'silver\nGold', [silver, gold]],
    ['blank and repeated lines count for nothing', ' 골드 \n\n골드\n실버', [gold, silver]],
  ])('%s', (_, lines, want) => expect(choicesOf(lines, [gold, silver])).toEqual(want));

  it('a line brings an archived one back', () => expect(choicesOf('실버', [{ ...silver, archived: true }])).toEqual([silver]));
  it('shows those that are offered, in the language of the reader', () => expect(linesOf([gold, silver, { key: 'old', label: { ko: '옛' }, archived: true }], 'en')).toBe('Gold\n실버'));
});

describe('the key that is proposed', () => {
  it.each([
    ['Member number', [], 'memberNumber'], ['VIP', [], 'vip'], ['VIP', ['vip'], 'vip2'], ['', [], 'field1'], ['회원번호', ['field1'], 'field2'], ['2nd visit', [], 'field1'],
  ])('%s beside %j is %s', (english, taken, want) => expect(keyOf(english, taken)).toBe(want));
});

describe('the order', () => {
  const field = (key: string, archived = false) => ({ key, type: 'text', label: { ko: key }, archived });
  const fields = [field('a'), field('old', true), field('b'), field('c')];
  it.each([
    ['c', -1, 'a c b old'], ['a', 1, 'b a c old'], ['a', -1, 'a b c old'], ['c', 1, 'a b c old'],
  ] as const)('%s by %i', (key, by, want) => expect(moved(fields, key, by).join(' ')).toBe(want));
});
