/** Whole days of a plan in the workspace's zone. */

function offsetMinutes(at: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' }).formatToParts(at);
  const get = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  return (Date.UTC(get('year'), get('month') - 1, get('day'), get('hour'), get('minute'), get('second')) - Math.floor(at.getTime() / 1000) * 1000) / 60_000;
}

/** The first moment of a day, "2026-11-22", as RFC 3339. */
export function startOfDay(day: string, timeZone: string): string {
  const guess = new Date(`${day}T00:00:00Z`);
  const first = new Date(guess.getTime() - offsetMinutes(guess, timeZone) * 60_000);
  // A second look, for the offset may be another one at the day's own midnight.
  return new Date(guess.getTime() - offsetMinutes(first, timeZone) * 60_000).toISOString();
}

export function endOfDay(day: string, timeZone: string): string {
  const next = new Date(`${day}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return new Date(new Date(startOfDay(next.toISOString().slice(0, 10), timeZone)).getTime() - 1000).toISOString();
}

export const dayOf = (at: string, timeZone: string): string => new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date(at));
