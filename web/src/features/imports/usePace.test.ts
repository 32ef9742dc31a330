import { expect, it } from 'vitest';
import { paceOf } from './usePace';

it('tells rows a second and the time left', () => {
  expect(paceOf({ at: 0, row: 1000, share: 0.1 }, { at: 4000, row: 5000, share: 0.5 })).toEqual({ rate: 1000, secondsLeft: 5 });
});
it('says nothing before there is something to compare', () => {
  expect(paceOf({ at: 0, row: 0, share: 0 }, { at: 500, row: 900, share: 0.4 })).toBeUndefined();
  expect(paceOf({ at: 0, row: 0, share: 0.4 }, { at: 5000, row: 0, share: 0.4 })).toBeUndefined();
});
