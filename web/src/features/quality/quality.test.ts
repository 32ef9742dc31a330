import { expect, it } from 'vitest';
import type { Figures } from './queries';
import { customersOf, linesOf, staleOf } from './quality';

const figures: Figures = {
  customers: 5, staleMonths: 12, duplicates: { groups: 0, customers: 0 },
  sources: [{ source: 'api', customers: 2, stale: 1 }, { source: 'import', customers: 3, stale: 0 }],
  fields: [{ field: 'email', source: 'api', filled: 2, invalid: 1 }, { field: 'email', source: 'import', filled: 1, invalid: 0 }],
};

it('adds the sources up, or shows one', () => {
  expect(linesOf(figures, undefined).find(({ field }) => field === 'email')).toEqual({ field: 'email', customers: 5, filled: 3, invalid: 1 });
  expect(linesOf(figures, 'import').find(({ field }) => field === 'email')).toEqual({ field: 'email', customers: 3, filled: 1, invalid: 0 });
  expect([customersOf(figures, 'api'), staleOf(figures, undefined), staleOf(figures, 'import')]).toEqual([2, 1, 0]);
});
