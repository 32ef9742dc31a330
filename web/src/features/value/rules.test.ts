import { expect, it } from 'vitest';
import { ruleOfCell, ruleOfTier, segmentPath } from './rules';

it('asks for both scores of a cell', () => {
  expect(ruleOfCell(5, 4)).toEqual({ all: [{ field: 'score.rfm.r', op: 'eq', value: 5 }, { field: 'score.rfm.f', op: 'eq', value: 4 }] });
});
it('begins a tier above where the one before ended', () => {
  expect(ruleOfTier(0, 1).all).toEqual([{ field: 'score.revenueContribution.rankShare', op: 'lte', value: 0.01 }]);
  expect(ruleOfTier(5, 20).all.map(({ op, value }) => [op, value])).toEqual([['gt', 0.05], ['lte', 0.2]]);
});
it('leads to the segment page with the rule and a name', () => {
  const url = new URL(segmentPath(ruleOfCell(1, 1), '떠난 손님'), 'http://x');
  expect(JSON.parse(url.searchParams.get('rule') ?? '')).toEqual(ruleOfCell(1, 1));
  expect(url.searchParams.get('name')).toBe('떠난 손님');
});
