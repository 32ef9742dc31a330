import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { api, call } from '@/api/client';
import type { paths } from '@/api/schema';
import { useList } from '@/api/useList';

type JobList = paths['/v1/jobs']['get']['responses']['200']['content']['application/json'];
export type Job = NonNullable<JobList['data']>[number];

export const jobsKey = ['jobs'] as const;
const watched = 1_000;
const idle = 60_000;
/** Jobs that the page of their record shows by itself; a merge's second look waits a quarter of an hour and is nobody's concern, nor is the removal of old files. */
const shownElsewhere: readonly string[] = ['customerMerge', 'customerUnmerge', 'fileExpiry'];

export const isRunning = (job: Job): boolean => job.status === 'queued' || job.status === 'running';

/** Polls every second while something runs, once a minute otherwise. Whoever starts a job invalidates `['jobs']`. */
export function useJobs() {
  return useQuery({
    queryKey: jobsKey,
    queryFn: async () => ((await call(api.GET('/v1/jobs', { params: { query: { limit: 20 } } }))).data ?? []).filter(({ kind }) => !shownElsewhere.includes(kind)),
    refetchInterval: ({ state }) => (state.data?.some(isRunning) ? watched : idle),
  });
}

export function useCancelJob() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call(api.POST('/v1/jobs/{id}/cancel', { params: { path: { id } } })),
    onSettled: () => client.invalidateQueries({ queryKey: jobsKey }),
  });
}

/** Starts the job that takes another back. It is on the list at once: a short one can be over before the list is read again, and nobody would have seen it under way. */
export async function undoJob(client: QueryClient, id: string): Promise<void> {
  try {
    const job = await call(api.POST('/v1/jobs/{id}/undo', { params: { path: { id } } }));
    client.setQueryData<Job[]>(jobsKey, (jobs) => jobs && [job, ...jobs]);
  } finally {
    void client.invalidateQueries({ queryKey: jobsKey });
  }
}

export function useUndoJob() {
  const client = useQueryClient();
  return useMutation({ mutationFn: (id: string) => undoJob(client, id) });
}

/** Who was left as they were, and why; a few at a time, since each is asked for their name. */
export function useFailures(id: string) {
  return useList([...jobsKey, id, 'failures'], (cursor, signal) => call(api.GET('/v1/jobs/{id}/failures', { params: { path: { id }, query: { cursor, limit: 20 } }, signal })));
}

/** The name of a customer; undefined while it is asked, and of one who is not there. */
export function useCustomerName(id: string): string | undefined {
  return useQuery({
    queryKey: ['customer', id, 'name'], retry: false, staleTime: 60_000,
    queryFn: async ({ signal }) => (await call(api.GET('/v1/customers/{id}', { params: { path: { id } }, signal }))).name ?? null,
  }).data ?? undefined;
}

/** The export's address is asked for at the click: it is signed and short-lived. */
export function useDownload() {
  return useMutation({
    mutationFn: (exportId: string) => call(api.GET('/v1/exports/{id}', { params: { path: { id: exportId } } })),
    onSuccess: ({ downloadUrl }) => { if (downloadUrl) window.location.assign(downloadUrl); },
  });
}
