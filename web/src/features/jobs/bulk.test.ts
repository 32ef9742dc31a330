import { expect, it } from 'vitest';
import { endedSince, resultOf, undoable } from './bulk';
import type { Job } from './queries';

const now = new Date('2026-03-02T12:00:00Z');
const job = (over: Partial<Job>): Job => ({ id: 'job_1', kind: 'customerBulk', status: 'succeeded', total: 3, done: 3, failed: 0, createdAt: '2026-03-02T11:00:00Z', ...over });

it.each([
  ['in time', { undoUntil: '2026-04-01T00:00:00Z' }, [], true],
  ['too late', { undoUntil: '2026-03-01T00:00:00Z' }, [], false],
  ['nothing to take back', {}, [], false],
  ['taken back', { undoUntil: '2026-04-01T00:00:00Z', undoneBy: 'job_2' }, [job({ id: 'job_2' })], false],
  ['taken back by a job that is off the list', { undoUntil: '2026-04-01T00:00:00Z', undoneBy: 'job_2' }, [], false],
  ['the undo was stopped', { undoUntil: '2026-04-01T00:00:00Z', undoneBy: 'job_2' }, [job({ id: 'job_2', status: 'canceled' })], true],
])('%s', (_, over, others, want) => { expect(undoable(job(over), others, now)).toBe(want); });

it('knows what ended since the list was read before', () => {
  const before = [job({ id: 'job_1', status: 'running' }), job({ id: 'job_2', status: 'queued', kind: 'importCommit' }), job({ id: 'job_3' })];
  const after = [job({ id: 'job_4', status: 'running' }), job({ id: 'job_1' }), job({ id: 'job_2', kind: 'importCommit' }), job({ id: 'job_3' })];
  expect(endedSince(before, after).map(({ id }) => id)).toEqual(['job_1']);
});

it('reads a result, whatever is in it', () => {
  expect(resultOf(job({ result: { read: 3, changed: 2, unchanged: 0, failed: 1 } }))).toEqual({ changed: 2, unchanged: 0, failed: 1, restored: 0, kept: 0 });
  expect(resultOf(job({ result: undefined })).changed).toBe(0);
});
