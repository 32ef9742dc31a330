import { keepPreviousData, skipToken, useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, call, callWithTag } from '@/api/client';
import type { components } from '@/api/schema';
import { useList } from '@/api/useList';

type Schemas = components['schemas'];
export type Segment = Schemas['SegmentsSegment'];
export type Member = Schemas['Customer'];
export type Preview = Schemas['SegmentsPreviewReply'];
export type FieldInfo = Schemas['SegmentsField'];
export type Rule = Record<string, unknown>;
export type Change = Schemas['SegmentsChange'];
export type SegmentDay = Schemas['SegmentsDay'];
export type Basis = 'now' | 'membership' | 'evaluated';
export type Format = 'csv' | 'xlsx' | 'parquet';
export interface Settings { name: string; description: string; membership: string; exportEvery: string; exportFormat: string }

const key = ['segments'] as const;
const counted = 30_000;

export function useSegments() {
  return useList<Segment>([...key, 'list'], async (cursor, signal) => {
    const { data, nextCursor } = await call(api.GET('/v1/segments', { params: { query: { limit: 50, cursor } }, signal }));
    return { data: data ?? [], nextCursor };
  });
}

/** Record and ETag; `id` undefined is a segment that is being made. */
export function useSegment(id: string | undefined) {
  return useQuery({
    queryKey: [...key, 'one', id],
    queryFn: ({ signal }) => callWithTag(api.GET('/v1/segments/{id}', { params: { path: { id: id ?? '' } }, signal })),
    enabled: id !== undefined,
  });
}

export function useFieldInfos() {
  return useQuery({
    queryKey: [...key, 'fields'],
    queryFn: async ({ signal }) => (await call(api.GET('/v1/segments/fields', { signal }))).data ?? [],
    staleTime: 60_000,
  });
}

const previewOf = (rule: Rule) => ({
  queryKey: [...key, 'preview', JSON.stringify(rule)],
  queryFn: ({ signal }: { signal: AbortSignal }) => call(api.POST('/v1/segments/preview', { body: { rule }, signal })),
  staleTime: counted,
});

/** The crowd of a rule. A newer rule cancels the count of the older one; until it is there the last count stays. */
export function usePreview(rule: Rule | undefined) {
  return useQuery({ ...previewOf(rule ?? {}), enabled: rule !== undefined, placeholderData: keepPreviousData });
}

export function useFunnel(rules: readonly Rule[]) {
  return useQueries({ queries: rules.map((rule) => ({ ...previewOf(rule), placeholderData: keepPreviousData })) });
}

/** Whether a customer meets a rule, which parts keep them out, and the rule as a sentence. */
const explanationOf = (rule: Rule, customerId: string) => ({
  queryKey: [...key, 'explain', JSON.stringify(rule), customerId, document.documentElement.lang],
  queryFn: ({ signal }: { signal: AbortSignal }) => call(api.POST('/v1/segments/explain', { body: { rule, customerId }, signal })),
  staleTime: counted,
});

export function useExplanation(rule: Rule, customerId: string | undefined) {
  return useQuery({ ...explanationOf(rule, customerId ?? ''), enabled: customerId !== undefined });
}

/** The parts as sentences, in their order. The API says a rule in words only when it explains it for somebody; anybody will do. */
export function useSentences(rules: readonly Rule[], customerId: string | undefined) {
  return useQueries({ queries: rules.map((rule) => ({ ...explanationOf(rule, customerId ?? ''), enabled: customerId !== undefined })), combine: (answers) => answers.map(({ data }) => data?.text) });
}

export function useCustomerSearch(text: string) {
  return useQuery({
    queryKey: [...key, 'people', text],
    queryFn: async ({ signal }) => (await call(api.GET('/v1/customers', { params: { query: { q: text || undefined, limit: 8 } }, signal }))).data ?? [],
    placeholderData: keepPreviousData,
  });
}

export function useSegmentNames() {
  return useQuery({ queryKey: [...key, 'names'], queryFn: async ({ signal }) => (await call(api.GET('/v1/segments', { params: { query: { limit: 200 } }, signal }))).data ?? [] });
}

export function useCampaignNames() {
  return useQuery({ queryKey: ['campaigns', 'names'], queryFn: async ({ signal }) => (await call(api.GET('/v1/campaigns', { params: { query: { limit: 200 } }, signal }))).data ?? [] });
}

/** Members now, or at the end of a day; `basis` says how those of a day were found. */
export function useMembers(id: string, asOf: string) {
  const client = useQueryClient();
  const basisKey = [...key, 'basis', id, asOf];
  const list = useList<Member>([...key, 'members', id, asOf], async (cursor, signal) => {
    const { data, nextCursor, basis } = await call(api.GET('/v1/segments/{id}/members', { params: { path: { id }, query: { limit: 50, cursor, asOf: asOf || undefined } }, signal }));
    client.setQueryData(basisKey, basis);
    return { data: data ?? [], nextCursor };
  });
  const basis = useQuery<Basis>({ queryKey: basisKey, queryFn: skipToken });
  return { ...list, basis: basis.data };
}

export function useChanges(id: string) {
  return useList<Change>([...key, 'changes', id], async (cursor, signal) => {
    const { data, nextCursor } = await call(api.GET('/v1/segments/{id}/changes', { params: { path: { id }, query: { limit: 50, cursor, sort: '-at' } }, signal }));
    return { data: data ?? [], nextCursor };
  });
}

export function useHistory(id: string) {
  return useQuery({ queryKey: [...key, 'history', id], queryFn: async ({ signal }) => (await call(api.GET('/v1/segments/{id}/history', { params: { path: { id } }, signal }))).data });
}

export function useRebuildSegment(id: string) {
  const client = useQueryClient();
  return useMutation({ mutationFn: () => call(api.POST('/v1/segments/{id}/rebuild', { params: { path: { id } } })), onSuccess: () => client.invalidateQueries({ queryKey: ['jobs'] }) });
}

export function useFreezeSegment(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { name?: string; asOf?: string }) => call(api.POST('/v1/segments/{id}/freeze', { params: { path: { id } }, body })),
    onSuccess: () => Promise.all(['list', 'names'].map((part) => client.invalidateQueries({ queryKey: [...key, part] }))),
  });
}

export function useSaveSegment(id: string | undefined, etag: string | undefined) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Settings & { rule: Rule }) => (id === undefined
      ? callWithTag(api.POST('/v1/segments', { body }))
      : callWithTag(api.PATCH('/v1/segments/{id}', { params: { path: { id }, header: { 'If-Match': etag } }, body }))),
    onSuccess: (saved) => {
      client.setQueryData([...key, 'one', saved.data.id], saved);
      return Promise.all(['list', 'names', 'members'].map((part) => client.invalidateQueries({ queryKey: [...key, part] })));
    },
  });
}

export function useDeleteSegment(id: string, etag: string | undefined) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call(api.DELETE('/v1/segments/{id}', { params: { path: { id }, header: { 'If-Match': etag } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: key, refetchType: 'none' }),
  });
}

export function useExportSegment() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, format }: { id: string; format: Format }) => call(api.POST('/v1/segments/{id}/export', { params: { path: { id } }, body: { format } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['jobs'] }),
  });
}
