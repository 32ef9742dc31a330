import { describe, expect, it } from 'vitest';
import { patchOf, replan, valuesOf } from './plan/values';
import type { Campaign } from './queries';
import { compare } from './stats';
import { dayOf, endOfDay, startOfDay } from './zoned';

describe('two shares compared', () => {
  it('agrees with Newcombe 1998, table II, method 10, example (a): 56/70 against 48/80', () => {
    const verdict = compare({ people: 70, bought: 56 }, { people: 80, bought: 48 });
    expect(verdict?.difference).toBeCloseTo(0.2, 10);
    expect(verdict?.low).toBeCloseTo(0.0524, 4);
    expect(verdict?.high).toBeCloseTo(0.3339, 4);
    expect(verdict?.chance).toBeCloseTo(0.0081, 3);
  });
  it('says nothing of a handful of people', () => expect(compare({ people: 90, bought: 3 }, { people: 10, bought: 0 })).toBeUndefined());
});

describe('days in a zone', () => {
  it.each([['2026-11-22', 'Asia/Seoul', '2026-11-21T15:00:00.000Z', '2026-11-22T14:59:59.000Z'], ['2026-03-08', 'America/New_York', '2026-03-08T05:00:00.000Z', '2026-03-09T03:59:59.000Z']])('%s in %s', (day, zone, from, to) => {
    expect(startOfDay(day, zone)).toBe(from);
    expect(endOfDay(day, zone)).toBe(to);
    expect([dayOf(from, zone), dayOf(to, zone)]).toEqual([day, day]);
  });
});

const manner = { timeZone: 'Asia/Seoul', currency: 'KRW' };
const campaign = { id: 'cmp_1', name: '가을', status: 'sent', createdAt: '', updatedAt: '', expectedUplift: 0.031, holdoutPercent: 10, budget: { amount: '50000', currency: 'KRW' }, purpose: '재방문', launchedAt: '2026-01-01T00:00:00Z' } as Campaign;

describe('a plan in its form', () => {
  it('sends only what differs, and clears what was emptied', () => {
    const was = valuesOf(campaign, manner);
    expect(was).toMatchObject({ expectedUplift: '3.1', holdoutPercent: '10', budget: '50000' });
    expect(patchOf({ ...was, purpose: '', expectedUplift: '2', endsAt: '2026-11-22' }, was, manner)).toEqual({ purpose: null, expectedUplift: 0.02, endsAt: '2026-11-22T14:59:59.000Z' });
    expect(patchOf(was, was, manner)).toEqual({});
  });
  it('is planned again without what came of it', () => {
    expect(replan(campaign, '가을 2')).toMatchObject({ name: '가을 2', purpose: '재방문', basedOnIds: ['cmp_1'] });
    expect(replan(campaign, 'x')).not.toHaveProperty('launchedAt');
  });
});
