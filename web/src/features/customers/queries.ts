import { keepPreviousData, useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { queryOf, type Asked } from '@/api/asked';
import { api, call, callWithTag } from '@/api/client';
import type { components } from '@/api/schema';
import { useList } from '@/api/useList';
import { findCustomers } from './search';

export type Customer = components['schemas']['Customer'];
export type CustomerFields = components['schemas']['CustomerFields'];
export type CustomerPatch = components['schemas']['CustomerFieldsPatch'];
export type Scores = components['schemas']['CustomersScores'];
export type Entry = components['schemas']['TimelineEntry'];
export type Consent = components['schemas']['Consent'];
export type Merge = components['schemas']['Merge'];
export type MergePreview = components['schemas']['CustomersMergePreview'];
export type MergeChoice = Record<string, 'this' | 'other'>;
export type ConsentRequest = components['schemas']['RecordConsentRequest'];
interface Tagged { data: Customer; etag: string | undefined }

const key = (id: string, ...rest: string[]) => ['customer', id, ...rest];
const listKey = ['customers'];

export function useCustomer(id: string) {
  return useQuery({ queryKey: key(id), queryFn: ({ signal }) => callWithTag(api.GET('/v1/customers/{id}', { params: { path: { id } }, signal })) });
}

/** Who has this e-mail already, asked while a form is filled in. */
export function useHolderOfEmail(email: string) {
  return useQuery({
    queryKey: ['customers', 'email', email], enabled: /.@.+\../.test(email), placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => (await call(api.GET('/v1/customers', { params: { query: { email } }, signal }))).data[0] ?? null,
  });
}

export function useCreateCustomer() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CustomerFields) => call(api.POST('/v1/customers', { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: listKey }),
  });
}

/** Changes with the ETag that was read. After a refusal the record is read again, so that the second try knows the newer one. */
export function useChangeCustomer(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (patch: CustomerPatch) => callWithTag(api.PATCH('/v1/customers/{id}', {
      params: { path: { id }, header: { 'If-Match': client.getQueryData<Tagged>(key(id))?.etag } }, body: patch,
    })),
    onSuccess: (tagged) => {
      client.setQueryData(key(id), tagged);
      void client.invalidateQueries({ queryKey: listKey });
      return client.invalidateQueries({ queryKey: key(id, 'timeline') });
    },
    onError: () => client.invalidateQueries({ queryKey: key(id), exact: true }),
  });
}

export function useArchiveCustomer(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call(api.DELETE('/v1/customers/{id}', { params: { path: { id }, header: { 'If-Match': client.getQueryData<Tagged>(key(id))?.etag } } })),
    onSuccess: () => Promise.all([client.invalidateQueries({ queryKey: listKey }), client.invalidateQueries({ queryKey: key(id) })]),
    onError: () => client.invalidateQueries({ queryKey: key(id), exact: true }),
  });
}

export function useScores(id: string) {
  return useQuery({ queryKey: key(id, 'scores'), queryFn: ({ signal }) => call(api.GET('/v1/customers/{id}/scores', { params: { path: { id } }, signal })) });
}

export function useTimeline(id: string) {
  return useList(key(id, 'timeline'), (cursor, signal) => call(api.GET('/v1/customers/{id}/timeline', { params: { path: { id }, query: { cursor, limit: 50 } }, signal })));
}

export function useAddNote(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (text: string) => call(api.POST('/v1/customers/{id}/notes', { params: { path: { id } }, body: { text } })),
    onSuccess: () => client.invalidateQueries({ queryKey: key(id, 'timeline') }),
  });
}

export function useConsents(id: string) {
  return useList(key(id, 'consents'), (cursor, signal) => call(api.GET('/v1/customers/{id}/consents', { params: { path: { id }, query: { cursor, limit: 20 } }, signal })));
}

export function useRecordConsent(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ConsentRequest) => call(api.POST('/v1/customers/{id}/consents', { params: { path: { id } }, body })),
    onSuccess: () => Promise.all([client.invalidateQueries({ queryKey: key(id) }), client.invalidateQueries({ queryKey: listKey })]),
  });
}

/** Customers by what someone types, to choose one of. */
export function useFoundCustomers(text: string) {
  return useQuery({
    queryKey: ['customers', 'found', text], enabled: text.trim() !== '', placeholderData: keepPreviousData,
    queryFn: ({ signal }) => findCustomers(text, signal),
  }).data ?? [];
}

export function useMergePreview(id: string, other: string) {
  return useQuery({
    queryKey: key(id, 'merge', other), enabled: other !== '',
    queryFn: ({ signal }) => call(api.GET('/v1/customers/{id}/merge-preview', { params: { path: { id }, query: { with: other } }, signal })),
  });
}

interface MergeOrder { with: string; withETag: string; etag: string; fields: MergeChoice }

export function useMerge(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ etag, ...body }: MergeOrder) => call(api.POST('/v1/customers/{id}/merge', { params: { path: { id }, header: { 'If-Match': etag } }, body })),
    onSuccess: () => moved(client, id),
    onError: () => client.invalidateQueries({ queryKey: key(id) }),
  });
}

export function useUnmerge(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (mergeId: string) => call(api.POST('/v1/customers/{id}/unmerge', { params: { path: { id } }, body: { mergeId } })),
    onSuccess: () => moved(client, id),
  });
}

/** Sends the request anew whose job gave up before everything had moved. */
export function useMergeAgain(id: string) {
  const client = useQueryClient();
  const path = { id };
  return useMutation({
    mutationFn: ({ id: mergeId, mergedId, status }: Merge) => (status === 'moving' ? call(api.POST('/v1/customers/{id}/merge', { params: { path }, body: { with: mergedId } })) : call(api.POST('/v1/customers/{id}/unmerge', { params: { path }, body: { mergeId } }))),
    onSettled: () => moved(client, id),
  });
}

const moved = (client: QueryClient, id: string) => Promise.all([client.invalidateQueries({ queryKey: listKey }), client.invalidateQueries({ queryKey: key(id) })]);

/** The merges of a customer, looked at again while something is on the move; once it has arrived, the record and the timeline are read anew. */
export function useMerges(id: string) {
  const client = useQueryClient();
  return useQuery({
    queryKey: key(id, 'merges'),
    queryFn: async ({ signal }) => {
      const before = client.getQueryData<components['schemas']['ListMerge']>(key(id, 'merges'));
      const list = await call(api.GET('/v1/customers/{id}/merges', { params: { path: { id } }, signal }));
      if (before?.data.some(onTheMove) && !list.data.some(onTheMove)) void client.invalidateQueries({ queryKey: key(id, 'timeline') });
      return list;
    },
    refetchInterval: ({ state }) => (state.data?.data.some(onTheMove) ? 1000 : false),
  });
}

const onTheMove = ({ status, gaveUp }: Merge) => !gaveUp && (status === 'moving' || status === 'undoing');

export function useCustomers(asked: Asked) {
  return useList(['customers', 'list', asked], (cursor, signal) => call(api.GET('/v1/customers', { params: { query: { ...queryOf(asked), cursor, limit: 50 } }, signal })));
}

/** The customers of a list, counted by a field. */
export function useGroups({ q, filter }: Asked, by: string) {
  return useQuery({
    queryKey: ['customers', 'groups', q, filter, by], enabled: by !== '', placeholderData: keepPreviousData,
    queryFn: ({ signal }) => call(api.GET('/v1/customers/groups', { params: { query: { ...queryOf({ q, filter, sort: '' }), by, limit: 12 } }, signal })),
  });
}
