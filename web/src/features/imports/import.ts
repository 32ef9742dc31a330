import type { components } from '@/api/schema';

export type Import = components['schemas']['ImportsImport'];
export type ImportDetail = components['schemas']['ImportsDetail'];
export type Counts = components['schemas']['ImportsCounts'];
export type Field = components['schemas']['ImportplanField'];

export const kinds = ['customers', 'orders', 'leads'] as const;
export type Kind = (typeof kinds)[number];
export const kindOf = (kind: string | null | undefined): Kind => kinds.find((known) => known === kind) ?? 'customers';

export const statuses = ['awaitingFile', 'mapping', 'checking', 'ready', 'committing', 'succeeded', 'partlyFailed', 'canceled', 'undoing', 'undone'] as const;
export type Status = (typeof statuses)[number];
export const statusOf = (status: string): Status => statuses.find((known) => known === status) ?? 'awaitingFile';

const working: readonly Status[] = ['checking', 'committing', 'undoing'];
export const isWorking = ({ status }: { status: string }): boolean => working.includes(statusOf(status));

export const steps = ['file', 'match', 'check', 'bring'] as const;
export type Step = (typeof steps)[number];
const stepAt: Record<Status, Step> = {
  awaitingFile: 'file', mapping: 'match', checking: 'check', ready: 'check', committing: 'bring', succeeded: 'bring', partlyFailed: 'bring', canceled: 'bring', undoing: 'bring', undone: 'bring',
};
export const stepOf = (status: string): Step => stepAt[statusOf(status)];

const undoDays = 30;
const undoable: readonly Status[] = ['succeeded', 'partlyFailed', 'canceled'];

/** Until when an import can be taken back, or undefined when there is nothing to take back or it is too late. */
export function undoUntil({ status, committedAt }: Pick<Import, 'status' | 'committedAt'>, now: Date): Date | undefined {
  if (!committedAt || !undoable.includes(statusOf(status))) return undefined;
  const until = new Date(new Date(committedAt).getTime() + undoDays * 86_400_000);
  return until > now ? until : undefined;
}

/** Of a kind all of `need` and one of `oneOf` must be matched, as the API asks. */
const need: Record<Kind, readonly string[]> = { customers: [], orders: ['customerExternalId', 'orderedAt'], leads: [] };
const oneOf: Record<Kind, readonly string[]> = { customers: ['name', 'email', 'phone', 'externalId'], orders: ['total', 'unitPrice'], leads: ['name', 'email', 'phone', 'company'] };

export function missingFields(kind: Kind, mapping: Readonly<Record<string, string>>): { all: readonly string[]; oneOf: readonly string[] } {
  const taken = new Set(Object.values(mapping));
  return { all: need[kind].filter((path) => !taken.has(path)), oneOf: oneOf[kind].some((path) => taken.has(path)) ? [] : oneOf[kind] };
}

/** The first values of a column that say something, each once. */
export function samplesOf(sample: ImportDetail['sample'], column: number, most = 3): readonly string[] {
  const values = (sample ?? []).map((row) => row?.[column] ?? '').filter((value) => value.trim() !== '');
  return [...new Set(values)].slice(0, most);
}
