import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { draw } from '@/test/render';
import { LedgerBar } from './LedgerBar';

const counts = { planned: 2000, accepted: 1700, skipped: 200, failed: 100, uncertain: 0, pending: 0, canceled: 0 };

it('names every part with its number', async () => {
  await draw(<LedgerBar counts={counts} />);
  expect(screen.getByText('보낼 계획 2,000통')).toBeVisible();
  expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toEqual(['보냄1,700', '건너뜀200', '실패100']);
  expect(screen.queryByRole('alert')).toBeNull();
});

it('says aloud when the parts do not add up', async () => {
  await draw(<LedgerBar counts={{ ...counts, failed: 99 }} />);
  expect(screen.getByRole('alert')).toHaveTextContent('1,999');
});
