import { expect, it } from 'vitest';
import { exportIdOf, kindOf } from './job';

it.each([['importCommit', 'importCommit'], ['zebra', 'other']])('%s reads as %s', (kind, want) => {
  expect(kindOf(kind)).toBe(want);
});
it.each([[{ exportId: 'exp_1' }, 'exp_1'], [{}, undefined], [null, undefined], [{ exportId: 3 }, undefined]])('%j leads to %s', (result, want) => {
  expect(exportIdOf(result)).toBe(want);
});
