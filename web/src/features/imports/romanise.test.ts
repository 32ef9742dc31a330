import { expect, it } from 'vitest';
import { keyFrom } from './romanise';

it.each([['등급', 'deunggeup'], ['Member grade', 'memberGrade'], ['포인트 잔액', 'pointeuJanaek'], ['2024 VIP', 'vIP'], ['★', 'column4']])('%s becomes %s', (name, want) => {
  expect(keyFrom(name, 3)).toBe(want);
  expect(keyFrom(name, 3)).toMatch(/^[a-z][a-zA-Z0-9_]{0,39}$/);
});
