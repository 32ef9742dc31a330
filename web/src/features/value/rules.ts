/** The rules behind the figures, for the segment page to begin with. */

export const ruleOfCell = (r: number, f: number) => ({ all: [{ field: 'score.rfm.r', op: 'eq', value: r }, { field: 'score.rfm.f', op: 'eq', value: f }] });

/** A tier begins just above where the one before ended: rank shares are (place / buyers), so the lower bound is not in it. */
export function ruleOfTier(fromPercent: number, toPercent: number) {
  const field = 'score.revenueContribution.rankShare';
  return { all: fromPercent === 0 ? [{ field, op: 'lte', value: toPercent / 100 }] : [{ field, op: 'gt', value: fromPercent / 100 }, { field, op: 'lte', value: toPercent / 100 }] };
}

export const segmentPath = (rule: unknown, name: string): string => `/segments/new?${new URLSearchParams({ rule: JSON.stringify(rule), name }).toString()}`;

