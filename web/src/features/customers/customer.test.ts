import { expect, it } from 'vitest';
import { consentOf, grantedChannels, initialsOf, nameOf } from './customer';

const base = { id: 'cus_1', createdAt: '', updatedAt: '' };

it.each([['김민지', '김'], ['Ada Lovelace', 'AL'], ['주식회사 한빛', '주'], ['', '']])('initials of %s are %s', (name, want) => expect(initialsOf(name)).toBe(want));
it('calls a nameless customer by the phone, then by the number', () => {
  expect(nameOf({ ...base, phone: '+821012345678' })).toBe('010-1234-5678');
  expect(nameOf({ ...base, externalId: 'A-7' })).toBe('A-7');
});
it('takes silence for no consent', () => {
  const customer = { ...base, consents: { 'email.marketing': 'granted', 'sms.marketing': 'withdrawn', 'post.service': 'granted' } };
  expect(grantedChannels(customer)).toEqual(['email']);
  expect(consentOf(customer, 'sms').state).toBe('withdrawn');
  expect(consentOf(customer, 'fax').state).toBe('silent');
});
