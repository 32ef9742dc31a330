import { expect, it } from 'vitest';
import { bareVariables, insertVariable, openVariable, placeOf, startOfLine } from './liquid';

it.each([['<p>{{ cus', 'cus'], ['{{', ''], ['{{ customer.na', 'customer.na'], ['plain', undefined], ['{{ a }} b', undefined], ['{{ a | up', undefined]])('at the end of %j a variable %j is being typed', (source, want) => {
  expect(openVariable(source, source.length)?.typed).toBe(want);
});
it.each([
  ['Hi {{|', 'Hi {{ customer.name }}|'], ['Hi {{ cu| }}!', 'Hi {{ customer.name }}|!'], ['Hi |!', 'Hi {{ customer.name }}|!'], ['{{ customer|.na | upcase }}', '{{ customer.name| | upcase }}'],
])('%j becomes %j', (from, want) => {
  const at = from.indexOf('|');
  const { source, caret } = insertVariable(from.replace('|', ''), at, 'customer.name');
  expect(`${source.slice(0, caret)}|${source.slice(caret)}`).toBe(want);
});
it('finds what would leave a hole', () => {
  expect(bareVariables("{{ customer.name }} {{ customer.phone | default: '-' }}", '{{customer.name}}{{ workspace.name }}{{ customer.custom.size | upcase }}')).toEqual(['customer.name', 'customer.custom.size']);
});
it('places the caret, Korean letters being two wide', () => {
  expect(placeOf('a\n안녕x', 5)).toEqual({ line: 1, column: 5 });
  expect(startOfLine('ab\ncd\ne', 3)).toBe(6);
});
