import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, call } from '@/api/client';
import type { paths } from '@/api/schema';

type JobList = paths['/v1/jobs']['get']['responses']['200']['content']['application/json'];
export type Job = NonNullable<JobList['data']>[number];

export const jobsKey = ['jobs'] as const;
const watched = 1_000;
const idle = 60_000;
/** Jobs that the page of their record shows by itself; a merge's second look waits a quarter of an hour and is nobody's concern. */
const shownElsewhere: readonly string[] = ['customerMerge', 'customerUnmerge'];

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

/** The export's address is asked for at the click: it is signed and short-lived. */
export function useDownload() {
  return useMutation({
    mutationFn: (exportId: string) => call(api.GET('/v1/exports/{id}', { params: { path: { id: exportId } } })),
    onSuccess: ({ downloadUrl }) => { if (downloadUrl) window.location.assign(downloadUrl); },
  });
}
