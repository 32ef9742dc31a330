import type { Move } from './queries';

/** A place in the grid of recency by frequency: both from 1 to 5, or 0 and 0 for nowhere. */
export interface Place { r: number; f: number }

const nowhere: Place = { r: 0, f: 0 };
const scores = [5, 4, 3, 2, 1];
const all: readonly Place[] = [...scores.flatMap((r) => scores.map((f) => ({ r, f }))), nowhere];
const same = (a: Place, b: Place) => a.r === b.r && a.f === b.f;

export const fromOf = ({ fromR, fromF }: Move): Place => ({ r: fromR, f: fromF });
export const toOf = ({ toR, toF }: Move): Place => ({ r: toR, f: toF });
export const isNowhere = (place: Place): boolean => same(place, nowhere);

/** The places that anyone left or came to, the best first and nowhere last. */
export const rowsOf = (moves: readonly Move[]): Place[] => all.filter((place) => moves.some((move) => same(fromOf(move), place)));
export const columnsOf = (moves: readonly Move[]): Place[] => all.filter((place) => moves.some((move) => same(toOf(move), place)));
export const moveAt = (moves: readonly Move[], from: Place, to: Place): Move | undefined => moves.find((move) => same(fromOf(move), from) && same(toOf(move), to));

/** How many stayed, rose (more in recency and frequency together), fell, stand elsewhere at the same height, came and went. */
export function sumUp(moves: readonly Move[]) {
  const sum = { stayed: 0, rose: 0, fell: 0, shifted: 0, came: 0, went: 0 };
  for (const move of moves) {
    const from = fromOf(move);
    const to = toOf(move);
    const height = to.r + to.f - from.r - from.f;
    if (same(from, to)) sum.stayed += move.customers;
    else if (isNowhere(from)) sum.came += move.customers;
    else if (isNowhere(to)) sum.went += move.customers;
    else if (height > 0) sum.rose += move.customers;
    else if (height < 0) sum.fell += move.customers;
    else sum.shifted += move.customers;
  }
  return sum;
}

/** The rule of who made a move. Who is nowhere now has no scores to ask for. */
export function ruleOfMove(from: Place, to: Place) {
  const was = isNowhere(from) ? [{ field: 'score.rfm.beforeR', op: 'isEmpty' }]
    : [{ field: 'score.rfm.beforeR', op: 'eq', value: from.r }, { field: 'score.rfm.beforeF', op: 'eq', value: from.f }];
  return { all: [...was, { field: 'score.rfm.r', op: 'eq', value: to.r }, { field: 'score.rfm.f', op: 'eq', value: to.f }] };
}
