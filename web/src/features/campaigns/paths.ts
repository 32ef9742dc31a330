/** The people behind a figure are a rule away: the segment page begins with it. */
export const segmentPath = (rule: unknown, name: string): string => `/segments/new?${new URLSearchParams({ rule: JSON.stringify(rule), name }).toString()}`;
