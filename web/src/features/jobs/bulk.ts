import type { Job } from './queries';

/** What a change of many customers came to, or its undo. Figures that the other has are 0. */
export interface BulkResult { changed: number; unchanged: number; failed: number; restored: number; kept: number }

const bulkKinds: readonly string[] = ['customerBulk', 'customerBulkUndo'];
export const isBulk = ({ kind }: Pick<Job, 'kind'>): boolean => bulkKinds.includes(kind);

export function resultOf({ result }: Pick<Job, 'result'>): BulkResult {
  const read = (name: string): number => {
    const value = typeof result === 'object' && result !== null ? (result as Record<string, unknown>)[name] : undefined;
    return typeof value === 'number' ? value : 0;
  };
  return { changed: read('changed'), unchanged: read('unchanged'), failed: read('failed'), restored: read('restored'), kept: read('kept') };
}

/** Whether a job can be taken back: it is not too late, and no other job does so, or has done so. One that was stopped or failed can be begun anew. */
export function undoable(job: Job, all: readonly Job[], now: Date): boolean {
  if (!job.undoUntil || now > new Date(job.undoUntil)) return false;
  if (!job.undoneBy) return true;
  const by = all.find(({ id }) => id === job.undoneBy);
  return by?.status === 'canceled' || by?.status === 'failed';
}

/** The bulk jobs that ran when the list was read before, and have ended since. */
export function endedSince(before: readonly Job[], now: readonly Job[]): Job[] {
  const ran = new Set(before.filter(({ status }) => status === 'queued' || status === 'running').map(({ id }) => id));
  return now.filter((job) => isBulk(job) && ran.has(job.id) && job.status !== 'queued' && job.status !== 'running');
}
