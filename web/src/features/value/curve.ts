import type { CurveWeek } from './queries';

/** The lines of the chart on a field of 100 by 100, from the first day at the left to the last at the right. */
export interface Lines { actual: string; expected: string; split: number; most: number }

const dayOf = (day: string) => Date.parse(`${day}T00:00:00Z`);
const round = (value: number) => Math.round(value * 100) / 100;

export function linesOf(weeks: readonly CurveWeek[], splitDay: string): Lines {
  const first = dayOf(weeks[0]?.day ?? splitDay);
  const span = Math.max(1, dayOf(weeks.at(-1)?.day ?? splitDay) - first);
  const most = Math.max(1, ...weeks.map(({ actual, expected }) => Math.max(actual, expected)));
  const x = (day: string) => round((100 * (dayOf(day) - first)) / span);
  const line = (value: (week: CurveWeek) => number) => weeks.map((week) => `${x(week.day)},${round(100 - (100 * value(week)) / most)}`).join(' ');
  return { actual: line(({ actual }) => actual), expected: line(({ expected }) => expected), split: Math.min(100, Math.max(0, x(splitDay))), most };
}

/** The rows of the file: a head, then a row a day; numbers as programs read them. */
export function rowsOf(weeks: readonly CurveWeek[], head: readonly [string, string, string]): string[][] {
  return [[...head], ...weeks.map(({ day, actual, expected }) => [day, String(actual), String(round(expected))])];
}
