import { expect, it } from 'vitest';
import { found, optionsOf, patchOf } from './settings';

it('sends days as a number and clears an emptied text', () => {
  expect(patchOf('attributionDays', '14')).toEqual({ attributionDays: 14 });
  expect(patchOf('senderName', '')).toEqual({ senderName: null });
});
it('finds a setting without minding blanks and case', () => {
  expect(found('보내는이름', ['보내는 이름'])).toBe(true);
  expect(found('API', ['api 키'])).toBe(true);
  expect(found('환불', ['보내는 이름'])).toBe(false);
});
it('offers the present value even when the browser does not know it', () => {
  expect(optionsOf('country', 'IS', 'ko')[0]?.value).toBe('IS');
  expect(optionsOf('currency', 'KRW', 'ko').find(({ value }) => value === 'KRW')?.label).toBe('대한민국 원 (KRW)');
});
