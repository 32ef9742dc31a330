import type { MoneyValue } from '@/lib/format';
import type { PivotAsk, PivotCell, PivotTable } from './queries';

export const measures = ['revenue', 'orders', 'buyers'] as const;
export type Measure = (typeof measures)[number];
export const steps = ['month', 'quarter', 'year'] as const;
export type Step = (typeof steps)[number];
/** How many months back a table can begin. */
export const spans = ['12', '24', '36', '60'] as const;

/** The fields of every customer that can be rows, by the word that names them. */
export const fields = { kind: 'customer.kind', gender: 'customer.gender', region: 'customer.address.region', city: 'customer.address.city', country: 'customer.address.country', stage: 'customer.lifecycleStage', owner: 'customer.ownerId', tags: 'customer.tags' } as const;
export type FieldWord = keyof typeof fields;

/** Types of custom fields whose values are few enough to be rows; the API refuses the others. */
export const asRows: readonly string[] = ['text', 'choice', 'choices', 'yesNo'];

export interface Chosen { rows: string; columns: string; measure: string; months: string; segment: string }
export const defaults = { rows: fields.region as string, columns: 'month', measure: 'revenue', months: '12', segment: '' };

export const oneOf = <T extends string>(known: readonly T[], value: string, otherwise: T): T => known.find((each) => each === value) ?? otherwise;

/** The month so many before the one that a moment is in, in a zone: YYYY-MM. */
export function monthBefore(at: Date, timeZone: string, back: number): string {
  const [year, month] = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit' }).format(at).split('-').map(Number) as [number, number];
  const count = year * 12 + month - 1 - back;
  return `${String(Math.floor(count / 12))}-${String((count % 12) + 1).padStart(2, '0')}`;
}

/** What to ask the API for what the address says. */
export function askOf(chosen: Chosen, at: Date, timeZone: string): PivotAsk {
  const months = oneOf(spans, chosen.months, '12');
  return {
    columns: oneOf(steps, chosen.columns, 'month'), from: monthBefore(at, timeZone, Number(months) - 1),
    ...(chosen.rows === '' ? {} : { rows: chosen.rows }), ...(chosen.segment === '' ? {} : { rule: { segment: chosen.segment } }),
  };
}

/** A period as its column says it: 2026-03, 2026 Q1, 2026. */
export function periodName(first: string, step: Step): string {
  const [year = '', month = ''] = first.split('-');
  if (step === 'year') return year;
  return step === 'quarter' ? `${year} Q${String(Math.ceil(Number(month) / 3))}` : first;
}

export const numberOf = (cell: PivotCell, measure: Measure): number => (measure === 'revenue' ? Number(cell.revenue.amount) : cell[measure]);

const shades = 5;

/** How strong a cell's colour is beside the strongest: 0 for nothing, 5 at most. */
export const shadeOf = (value: number, most: number): number => (value <= 0 || most <= 0 ? 0 : Math.min(shades, Math.max(1, Math.ceil((shades * value) / most))));

export const mostOf = (table: PivotTable, measure: Measure): number => Math.max(0, ...table.rows.flatMap((row) => row.cells.map((cell) => numberOf(cell, measure))));

/** The whole table as a file: a line for each row and period, and for its total, all measures side by side. */
export function fileOf(table: PivotTable, words: { head: readonly string[]; total: string; name: (value: string | undefined) => string; period: (first: string) => string }): string[][] {
  const line = (row: string, period: string, cell: PivotCell) => [row, period, amountIn(cell.revenue), cell.revenue.currency, String(cell.orders), String(cell.buyers)];
  const lines = (row: string, { cells, total }: PivotTable['total']) => [...cells.map((cell, at) => line(row, words.period(table.periods[at] ?? ''), cell)), line(row, words.total, total)];
  return [[...words.head], ...table.rows.flatMap((row) => lines(words.name(row.value), row)), ...lines(words.total, table.total)];
}

const amountIn = ({ amount }: MoneyValue) => amount;
