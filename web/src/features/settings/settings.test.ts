import { expect, it } from 'vitest';
import { found, optionsOf, patchOf } from './settings';

it('sends days as a number and clears an emptied text', () => {
  expect(patchOf('attributionDays', '14')).toEqual({ attributionDays: 14 });
  expect(patchOf('senderName', '')).toEqual({ senderName: null });
  expect(patchOf('discountPercent', '7.5 %')).toEqual({ discountPercent: 7.5 });
  expect(patchOf('marginPercent', 'half')).toEqual({ marginPercent: 'half' });
});
it('sends costs and bounds where they belong', () => {
  expect(patchOf('transactionPercent', '2.9 %')).toEqual({ costs: { transactionPercent: 2.9 } });
  expect(patchOf('transactionFixed', '1,500')).toEqual({ costs: { transactionFixed: 1500 } });
  expect(patchOf('otherPercent', '')).toEqual({ costs: { otherPercent: 0 } });
  expect(patchOf('rfmDays', '30, 90 180,365')).toEqual({ rfm: { bounds: { days: [30, 90, 180, 365] } } });
  expect(patchOf('rfmOrders', 'two, 3')).toEqual({ rfm: { bounds: { orders: ['two', 3] } } });
  expect(patchOf('rfmCoding', 'nested')).toEqual({ rfm: { coding: 'nested' } });
});
it('finds a setting without minding blanks and case', () => {
  expect(found('보내는이름', ['보내는 이름'])).toBe(true);
  expect(found('API', ['api 키'])).toBe(true);
  expect(found('환불', ['보내는 이름'])).toBe(false);
});
it('names the models as their papers do', () => {
  expect(optionsOf('scoreModel', 'bgNbd', 'ko').map(({ label }) => label)).toEqual(['BG/NBD', 'MBG/NBD', 'Pareto/NBD']);
});
it('offers the present value even when the browser does not know it', () => {
  expect(optionsOf('country', 'IS', 'ko')[0]?.value).toBe('IS');
  expect(optionsOf('currency', 'KRW', 'ko').find(({ value }) => value === 'KRW')?.label).toBe('대한민국 원 (KRW)');
});
