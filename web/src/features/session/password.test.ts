import { expect, it } from 'vitest';
import { isGood, looksLikeEmail, passwordHelp } from './password';

it.each([
  ['', false], ['short', false], ['aaaaaaaaaaaa', false], ['abababab', false], ['minji123', false], ['minji-1234567', true], ['차분한 바다 고래 셋', true], ['correct horse battery', true],
])('password %j is good: %s', (password, want) => expect(isGood(passwordHelp(password, 'minji@shop.kr', '한빛상회'))).toBe(want));

it.each([['minji@shop.kr', true], ['minji@shop', false], ['minji shop.kr', false]])('%s looks like an address: %s', (email, want) => {
  expect(looksLikeEmail(email)).toBe(want);
});
