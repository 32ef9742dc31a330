import type { Flow, Lifecycle } from './queries';

/** Who is in a stage now, for the segment page to begin with. */
export const ruleOfStage = (stage: string) => ({ all: [{ field: 'score.lifecycleStage', op: 'eq', value: stage }] });

/** Who moved since the end of last month; undefined for those who are gone, whom no segment holds. */
export function ruleOfFlow({ from, to }: Flow) {
  if (to === undefined) return undefined;
  const before = from === undefined ? { field: 'score.lifecycleBefore', op: 'isEmpty' } : { field: 'score.lifecycleBefore', op: 'eq', value: from };
  return { all: [before, { field: 'score.lifecycleStage', op: 'eq', value: to }] };
}

export const segmentPath = (rule: unknown, name: string): string => `/segments/new?${new URLSearchParams({ rule: JSON.stringify(rule), name }).toString()}`;

/** The month before, both YYYY-MM. */
export function monthBefore(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return number === 1 ? `${String(year - 1)}-12` : `${String(year)}-${String(number - 1).padStart(2, '0')}`;
}

/** Segments ask about today: stages of an earlier month cannot be opened, moves only those since the month before. */
export const isNow = ({ to, months }: Lifecycle): boolean => to === months[0]?.month;
export const movedNow = (data: Lifecycle): boolean => isNow(data) && data.from === monthBefore(data.to);

export interface Ribbon { flow: Flow; path: string; stayed: boolean }
export interface Bar { stage: string | undefined; customers: number; top: number; height: number }
export interface Picture { left: Bar[]; right: Bar[]; ribbons: Ribbon[] }

const gap = 1.6;
const inner = [2, 98] as const;

/** Lays the moves out in a square of 100: bars of both months in the order of the cycle, and a ribbon for each move, as thick as it has customers. */
export function layOut(flows: readonly Flow[], stages: readonly string[]): Picture {
  const order = [...stages, undefined];
  const side = (of: (flow: Flow) => string | undefined) => order.map((stage) => ({ stage, customers: flows.filter((flow) => of(flow) === stage).reduce((sum, flow) => sum + flow.customers, 0) })).filter(({ customers }) => customers > 0);
  const left = side(({ from }) => from);
  const right = side(({ to }) => to);
  const total = Math.max(1, flows.reduce((sum, { customers }) => sum + customers, 0));
  const scale = (100 - gap * (Math.max(left.length, right.length) - 1)) / total;
  const stacked = (bars: typeof left): Bar[] => {
    let top = 0;
    return bars.map((bar) => {
      const placed = { ...bar, top, height: bar.customers * scale };
      top += placed.height + gap;
      return placed;
    });
  };
  const bars = { left: stacked(left), right: stacked(right) };
  return { ...bars, ribbons: ribbons(flows, order, bars, scale) };
}

/** Where the names of bars stand: at their middles, pushed down as far as the name above needs. */
export function namesOf(bars: readonly Bar[], least: number): number[] {
  return bars.reduce<number[]>((places, { top, height }) => [...places, Math.max(top + height / 2, (places.at(-1) ?? -least) + least)], []);
}

function ribbons(flows: readonly Flow[], order: readonly (string | undefined)[], bars: { left: Bar[]; right: Bar[] }, scale: number): Ribbon[] {
  const at = { left: new Map(bars.left.map(({ stage, top }) => [stage, top])), right: new Map(bars.right.map(({ stage, top }) => [stage, top])) };
  const sorted = flows.toSorted((a, b) => order.indexOf(a.from) - order.indexOf(b.from) || order.indexOf(a.to) - order.indexOf(b.to));
  return sorted.map((flow) => {
    const height = flow.customers * scale;
    const start = at.left.get(flow.from) ?? 0;
    const end = at.right.get(flow.to) ?? 0;
    at.left.set(flow.from, start + height);
    at.right.set(flow.to, end + height);
    return { flow, path: band(start, end, height), stayed: flow.from === flow.to };
  });
}

function band(start: number, end: number, height: number): string {
  const [x0, x1] = inner;
  const n = (value: number) => value.toFixed(2);
  return `M${x0},${n(start)} C50,${n(start)} 50,${n(end)} ${x1},${n(end)} V${n(end + height)} C50,${n(end + height)} 50,${n(start + height)} ${x0},${n(start + height)} Z`;
}

/** The table of the moves as a file: stages by their codes, numbers as programs read them. */
export function csvOf({ from = '', to, flows }: Lifecycle): string[][] {
  return [['fromMonth', 'fromStage', 'toMonth', 'toStage', 'customers', 'revenue', 'currency'],
    ...flows.map((flow) => [from, flow.from ?? '', to, flow.to ?? '', String(flow.customers), flow.revenue.amount, flow.revenue.currency])];
}
