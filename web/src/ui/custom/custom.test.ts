import { describe, expect, it } from 'vitest';
import { choicesOf, guessOf, shownOf, textOf, valueOf } from './custom';

const field = (type: string) => ({ key: 'x', type, label: { ko: 'x' }, currency: 'KRW' });

describe('what a form says to the API', () => {
  it.each([
    ['number', '1,200.5', 1200.5], ['number', 'many', 'many'], ['money', '12,000', { amount: '12000', currency: 'KRW' }], ['yesNo', 'false', false], ['date', '2026-03-01', '2026-03-01'], ['text', '  ', null],
  ])('%s %s', (type, text, want) => expect(valueOf(field(type), text)).toEqual(want));

  it('an amount keeps the currency that it has', () => expect(valueOf(field('money'), '7', { amount: '5.00', currency: 'USD' })).toEqual({ amount: '7', currency: 'USD' }));
});

describe('what a person reads', () => {
  it.each([
    ['money', { amount: '12000', currency: 'KRW' }, '12000', '12,000원'], ['number', 1200.5, '1200.5', '1,200.5'], ['choices', ['a', 'b'], 'a, b', undefined], ['money', 'much', 'much', undefined],
  ])('%s %j', (type, value, text, shown) => {
    expect(textOf(value)).toBe(text);
    expect(shownOf(field(type), value, 'ko')).toBe(shown);
  });
});

it('a choice that is no longer offered shows for those who have it', () => {
  const grade = { ...field('choice'), choices: [{ key: 'a', label: { ko: '가' } }, { key: 'old', label: { ko: '옛' }, archived: true }] };
  const keys = (present: string[]) => choicesOf(grade, present, ({ key }) => key).map(({ value, gone }) => (gone ? `${value}:${gone}` : value)).join(' ');
  expect([keys([]), keys(['old']), keys(['lost'])]).toEqual(['a', 'a old:archived', 'a lost:removed']);
});

describe('the type that a value without a definition seems to have', () => {
  it.each([
    ['a number', 12, 'number'], ['a yes', true, 'yesNo'], ['a list', ['a'], 'choices'], ['an amount', { amount: '5000', currency: 'KRW' }, 'money'],
    ['a day', '2026-11-23', 'date'], ['an address', 'https://dangol.example', 'link'], ['a text', '2026년', 'text'], ['something else', { a: 1 }, 'text'],
  ])('%s', (_, value, want) => expect(guessOf(value)).toBe(want));
});
