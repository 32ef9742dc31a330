import { expect, it } from 'vitest';
import { columnsOf, moveAt, rowsOf, ruleOfMove, sumUp } from './moves';

const move = (from: number, to: number, customers: number) => ({ fromR: Math.floor(from / 10), fromF: from % 10, toR: Math.floor(to / 10), toF: to % 10, customers });
const moves = [move(55, 55, 8), move(55, 45, 4), move(31, 33, 2), move(34, 43, 5), move(0, 51, 3), move(11, 0, 1)];

it('lists only places that were left or reached, the best first and nowhere last', () => {
  expect(rowsOf(moves).map(({ r, f }) => 10 * r + f)).toEqual([55, 34, 31, 11, 0]);
  expect(columnsOf(moves).map(({ r, f }) => 10 * r + f)).toEqual([55, 51, 45, 43, 33, 0]);
  expect(moveAt(moves, { r: 3, f: 1 }, { r: 3, f: 3 })?.customers).toBe(2);
  expect(moveAt(moves, { r: 3, f: 1 }, { r: 4, f: 3 })).toBeUndefined();
});
it('counts everybody once', () => {
  expect(sumUp(moves)).toEqual({ stayed: 8, rose: 2, fell: 4, shifted: 5, came: 3, went: 1 });
});
it('asks for who was there and is here', () => {
  expect(ruleOfMove({ r: 5, f: 5 }, { r: 4, f: 5 }).all.map(({ field }) => field)).toEqual(['score.rfm.beforeR', 'score.rfm.beforeF', 'score.rfm.r', 'score.rfm.f']);
  expect(ruleOfMove({ r: 0, f: 0 }, { r: 5, f: 1 }).all[0]).toEqual({ field: 'score.rfm.beforeR', op: 'isEmpty' });
});
