import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useLocation } from 'react-router';
import { expect, it } from 'vitest';
import { draw } from '@/test/render';
import { useUrlState } from './useUrlState';

const defaults = { sort: '-createdAt', open: '' };

function Probe() {
  const [url, set] = useUrlState(defaults);
  return <><output>{url.sort}</output><p>{useLocation().search}</p><button type="button" onClick={() => set({ sort: 'name', open: '' })}>이름</button><button type="button" onClick={() => set({ sort: '-createdAt' })}>처음</button></>;
}

it('reads the URL, leaves defaults out of it, and keeps what it does not know', async () => {
  await draw(<Probe />, '/?keep=1&open=cus_1');
  await userEvent.click(screen.getByText('이름'));
  expect(screen.getByRole('status')).toHaveTextContent('name');
  expect(screen.getByText('?keep=1&sort=name')).toBeVisible();
  await userEvent.click(screen.getByText('처음'));
  expect(screen.getByText('?keep=1')).toBeVisible();
});
