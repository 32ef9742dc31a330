import { TextInput } from '@mantine/core';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { draw } from '@/test/render';
import { fieldOfPointer, useFields } from './useFields';

it.each([['/email', 'email'], ['#/body/email', 'email'], ['body.address.city', 'address.city'], ['/address/city', 'address.city'], ['/body', ''], ['', '']])('%s points at %s', (pointer, want) => {
  expect(fieldOfPointer(pointer)).toBe(want);
});

function Form() {
  const fields = useFields({ email: '', company: '' });
  const refuse = () => fields.refuse({ fields: [{ pointer: '/company', detail: '너무 길어요' }, { pointer: '/email', detail: '이미 있어요' }, { pointer: '/else', detail: '?' }] });
  return <form {...fields.form}><TextInput label="이메일" {...fields.input('email')} /><TextInput label="회사" {...fields.input('company')} /><button type="button" onClick={refuse}>보내기</button></form>;
}

it('marks the fields a problem names, focuses the first on the page, and forgives while typing', async () => {
  await draw(<Form />);
  await userEvent.click(screen.getByRole('button'));
  expect(screen.getByText('이미 있어요')).toBeVisible();
  expect(screen.getByText('너무 길어요')).toBeVisible();
  expect(screen.getByLabelText('이메일')).toHaveFocus();
  await userEvent.type(screen.getByLabelText('이메일'), 'a');
  expect(screen.queryByText('이미 있어요')).toBeNull();
});
