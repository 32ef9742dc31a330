import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { draw } from '@/test/render';
import type { Comparison } from '../queries';
import { HoldoutComparison } from './HoldoutComparison';

const side = (people: number, bought: number) => ({ people, bought, boughtShare: bought / people, revenuePerPerson: { amount: '1000', currency: 'KRW' } });
const between = (sent: [number, number], held: [number, number]): Comparison => ({ sent: side(...sent), holdout: side(...held), difference: { boughtShare: 0, revenuePerPerson: { amount: '0', currency: 'KRW' } } });

it.each([
  [between([1627, 231], [174, 13]), /^보낸 쪽이 6\.7%p 더 샀어요, 우연일 가능성 1% \(95% 구간 \+1\.6~\+10\.3%p\)$/],
  [between([1000, 40], [1000, 80]), /^보낸 쪽이 4%p 덜 샀어요/],
  [between([1000, 100], [1000, 98]), /우연일 수 있어요/],
  [between([90, 3], [10, 0]), /^아직 산 사람이 적어서/],
])('puts the difference in words', async (comparison, want) => {
  await draw(<HoldoutComparison comparison={comparison} expected={undefined} />);
  expect(screen.getByText(want)).toBeVisible();
});
