import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { draw } from '@/test/render';
import { InlineField } from './InlineField';

const open = () => userEvent.click(screen.getByRole('button', { name: /이름/ }));
const refused = (facts: object) => Promise.reject(Object.assign(new Error('no'), facts));

it('saves with Enter and gives the focus back to where it was opened', async () => {
  const onSave = vi.fn().mockResolvedValue(undefined);
  await draw(<InlineField label="이름" value="민지" onSave={onSave} />);
  await open();
  await userEvent.keyboard('김민지{Enter}');
  expect(onSave).toHaveBeenCalledExactlyOnceWith('김민지');
  expect(screen.getByRole('button', { name: /이름/ })).toHaveFocus();
});

it('gives back what was there with Esc, and saves nothing that did not change', async () => {
  const onSave = vi.fn();
  await draw(<InlineField label="이름" value="민지" onSave={onSave} />);
  await open();
  await userEvent.keyboard('다른 이름{Escape}');
  await open();
  await userEvent.tab();
  expect(onSave).not.toHaveBeenCalled();
  expect(screen.getByRole('button', { name: '이름: 민지, 고치기' })).toBeVisible();
});

it('keeps the typed text beside the reason of a refusal', async () => {
  await draw(<InlineField label="이름" value="" onSave={() => refused({ status: 422, fields: [{ detail: '너무 길어요.' }] })} />);
  await open();
  await userEvent.keyboard('긴 이름{Enter}');
  expect(screen.getByRole('alert')).toHaveTextContent('너무 길어요.');
  expect(screen.getByRole('textbox')).toHaveValue('긴 이름');
});

it('lets the person choose when someone else was faster', async () => {
  const onSave = vi.fn().mockImplementationOnce(() => refused({ status: 412 })).mockResolvedValue(undefined);
  await draw(<InlineField label="이름" value="민지" onSave={onSave} />);
  await open();
  await userEvent.keyboard('김민지{Enter}');
  await userEvent.click(screen.getByRole('button', { name: '내가 쓴 값으로 저장' }));
  expect(onSave.mock.calls).toEqual([['김민지'], ['김민지']]);
  expect(screen.queryByRole('alert')).toBeNull();
});
