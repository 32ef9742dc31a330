import { expect, it } from 'vitest';
import { changeOf, trendOf } from './change';

it.each([[5, 3, 'more', 2, 'good'], [3, 5, 'less', 2, 'attention'], [4, 4, 'same', 0, 'neutral']])('%d after %d is %s by %d', (now, before, way, by, tone) => {
  expect(changeOf(now, before)).toEqual({ way, by, tone });
});
it('draws the oldest first', () => expect(trendOf(3, [2, 1])).toEqual([1, 2, 3]));
