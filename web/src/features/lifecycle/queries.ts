import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api, call, callWithTag } from '@/api/client';
import { isProblem } from '@/api/problem';
import type { components } from '@/api/schema';

export type Lifecycle = components['schemas']['ScoresLifecycle'];
export type Flow = components['schemas']['LifecycleFlow'];
export type Stage = components['schemas']['ScoresStageOf'];
export type Rules = components['schemas']['LifecycleRules'];
interface Tagged { data: components['schemas']['Workspace']; etag: string | undefined }

const key = ['lifecycle'] as const;
const rulesKey = ['workspace', 'settings'];
const watched = 1_000;

/** The stages of the later month and the moves since the earlier one, the latest two without names; null while no scores were ever built. */
export function useLifecycle(from: string, to: string) {
  return useQuery({
    queryKey: [...key, from, to, document.documentElement.lang],
    queryFn: async ({ signal }) => {
      try {
        return await call(api.GET('/v1/scores/lifecycle', { params: { query: { from: from || undefined, to: to || undefined } }, signal }));
      } catch (error) {
        if (isProblem(error) && error.code === 'scores_not_built') return null;
        throw error;
      }
    },
    placeholderData: (before) => before,
  });
}

export function useRules() {
  return useQuery({ queryKey: rulesKey, queryFn: ({ signal }) => callWithTag(api.GET('/v1/workspace', { signal })), select: ({ data }) => data.lifecycle });
}

/** Saves the rules under the version that was read, and computes the stages anew; the answer is the job. */
export function useSaveRules() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (lifecycle: Rules) => {
      const tagged = await callWithTag(api.PATCH('/v1/workspace', { params: { header: { 'If-Match': client.getQueryData<Tagged>(rulesKey)?.etag } }, body: { lifecycle } }));
      client.setQueryData(rulesKey, tagged);
      return call(api.POST('/v1/scores/rebuild', { body: {} }));
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['jobs'] }),
    onError: () => client.invalidateQueries({ queryKey: rulesKey }),
  });
}

/** Follows a rebuild and shows the new stages the moment they are there. */
export function useRebuildJob(id: string | undefined) {
  const client = useQueryClient();
  const { data } = useQuery({
    queryKey: ['job', id],
    queryFn: ({ signal }) => call(api.GET('/v1/jobs/{id}', { params: { path: { id: id ?? '' } }, signal })),
    enabled: id !== undefined,
    refetchInterval: ({ state }) => (state.data?.finishedAt ? false : watched),
  });
  const finished = data?.finishedAt;
  useEffect(() => { if (finished) void Promise.all([client.invalidateQueries({ queryKey: key }), client.invalidateQueries({ queryKey: ['scores'] })]); }, [client, finished]);
  return data;
}
