import { keepPreviousData, useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, call, callWithTag } from '@/api/client';
import { isProblem } from '@/api/problem';
import type { components } from '@/api/schema';
import { useList } from '@/api/useList';

type Schemas = components['schemas'];
export type TemplateRow = Schemas['TemplatesTemplate'];
export type Template = Schemas['TemplatesShown'];
export type Variable = Schemas['TemplateVariable'];
export type Mail = Schemas['TemplatesPreviewReply'];
export interface Draft { name: string; subject: string; html: string; text: string }

const key = ['templates'] as const;

export function useTemplates() {
  return useList<TemplateRow>([...key, 'list'], async (cursor, signal) => {
    const { data, nextCursor } = await call(api.GET('/v1/templates', { params: { query: { limit: 50, cursor } }, signal }));
    return { data: data ?? [], nextCursor };
  });
}

export function useTemplate(id: string) {
  return useQuery({ queryKey: [...key, 'one', id], queryFn: ({ signal }) => callWithTag(api.GET('/v1/templates/{id}', { params: { path: { id } }, signal })), refetchOnWindowFocus: false });
}

export function useVariables() {
  return useQuery({ queryKey: [...key, 'variables', document.documentElement.lang], queryFn: async ({ signal }) => (await call(api.GET('/v1/templates/variables', { signal }))).data ?? [], staleTime: Infinity });
}

export function useCreateTemplate() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Draft) => callWithTag(api.POST('/v1/templates', { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: [...key, 'list'] }),
  });
}

export function useSaveTemplate(id: string, etag: string | undefined) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Draft) => callWithTag(api.PATCH('/v1/templates/{id}', { params: { path: { id }, header: { 'If-Match': etag } }, body })),
    onSuccess: (saved) => {
      client.setQueryData([...key, 'one', id], saved);
      return client.invalidateQueries({ queryKey: [...key, 'list'] });
    },
  });
}

export function useDeleteTemplate(id: string, etag: string | undefined) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call(api.DELETE('/v1/templates/{id}', { params: { path: { id }, header: { 'If-Match': etag } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: key, refetchType: 'none' }),
  });
}

/** The draft filled for a customer. While it has mistakes the last good mail stays, and the mistakes are named. */
export function usePreview(id: string, draft: Omit<Draft, 'name'>, customerId: string | undefined) {
  const [last, setLast] = useState<Mail>();
  const query = useQuery({
    queryKey: [...key, 'preview', id, customerId, draft],
    queryFn: ({ signal }) => call(api.POST('/v1/templates/{id}/preview', { params: { path: { id } }, body: { ...draft, customerId, language: document.documentElement.lang === 'en' ? 'en' : 'ko' }, signal })),
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
  const fresh = query.isPlaceholderData ? undefined : query.data;
  if (fresh && fresh !== last) setLast(fresh);
  const problems = isProblem(query.error) && query.error.status === 422 ? query.error.fields : [];
  return { mail: query.data ?? last, problems, error: problems.length === 0 ? query.error : null, loading: query.isFetching, retry: () => void query.refetch() };
}

/** How many customers have no value for each of the variables; the API counts them as it counts a segment. */
export function useLacking(paths: readonly string[]) {
  return useQueries({
    queries: paths.map((path) => ({
      queryKey: ['segments', 'preview', JSON.stringify({ field: path, op: 'isEmpty' })],
      queryFn: ({ signal }: { signal: AbortSignal }) => call(api.POST('/v1/segments/preview', { body: { rule: { field: path, op: 'isEmpty' } }, signal })),
      staleTime: 60_000, retry: false,
    })),
    combine: (answers) => answers.map(({ data }) => data?.count),
  });
}

export function useSendTest(id: string) {
  return useMutation({ mutationFn: (body: { email: string; customerId: string | undefined }) => call(api.POST('/v1/templates/{id}/test', { params: { path: { id } }, body })) });
}

export function useCustomerSearch(text: string) {
  return useQuery({
    queryKey: [...key, 'people', text],
    queryFn: async ({ signal }) => (await call(api.GET('/v1/customers', { params: { query: { q: text || undefined, limit: 8 } }, signal }))).data ?? [],
    placeholderData: keepPreviousData,
  });
}

/** Shares its cache line with the session's `me`: the address that a test goes to by default. */
export function useMyEmail(): string {
  return useQuery({ queryKey: ['me'], queryFn: () => call(api.GET('/v1/me')), staleTime: 5 * 60_000 }).data?.user?.email ?? '';
}
