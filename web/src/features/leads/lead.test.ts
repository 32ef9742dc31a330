import { expect, it } from 'vitest';
import { nameOf, settable, statusOf } from './lead';

const base = { id: 'led_1', createdAt: '', updatedAt: '' };

it('is called by the name, else the company, else the way to reach it', () => {
  expect(nameOf({ ...base, name: '민지', company: '한빛' })).toBe('민지');
  expect(nameOf({ ...base, company: '한빛' })).toBe('한빛');
  expect(nameOf({ ...base, phone: '+821012345678' })).toBe('010-1234-5678');
});
it('cannot be set to converted by hand', () => expect(settable).not.toContain('converted'));
it('reads a status that is not known as new', () => expect(statusOf('dreaming')).toBe('new'));
