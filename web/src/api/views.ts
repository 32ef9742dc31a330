import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, call } from './client';
import type { components } from './schema';

export type View = components['schemas']['ViewsView'];
export type ViewFields = components['schemas']['ViewsFields'];
type Subject = ViewFields['subject'];

const key = (subject: Subject) => ['views', subject];

/** The saved views of a list that the caller sees. */
export function useViews(subject: Subject) {
  return useQuery({ queryKey: key(subject), staleTime: 60_000, queryFn: async ({ signal }) => (await call(api.GET('/v1/views', { params: { query: { subject, limit: 200 } }, signal }))).data });
}

/** Saves a new view, or changes the one that is named. */
export function useSaveView(subject: Subject) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, body }: { id?: string; body: ViewFields }) => (id === undefined ? call(api.POST('/v1/views', { body })) : call(api.PATCH('/v1/views/{id}', { params: { path: { id } }, body }))),
    onSuccess: () => client.invalidateQueries({ queryKey: key(subject) }),
  });
}

export function useRemoveView(subject: Subject) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call(api.DELETE('/v1/views/{id}', { params: { path: { id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: key(subject) }),
  });
}
