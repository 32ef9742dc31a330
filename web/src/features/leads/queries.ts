import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { queryOf, type Asked } from '@/api/asked';
import { api, call, callWithTag } from '@/api/client';
import type { components } from '@/api/schema';
import { useList } from '@/api/useList';

export type Lead = components['schemas']['Lead'];
export type LeadFields = components['schemas']['LeadFields'];
export type LeadPatch = components['schemas']['LeadFieldsPatch'];
interface Tagged { data: Lead; etag: string | undefined }

const key = (id: string) => ['lead', id];
const listKey = ['leads'];

export function useLeads(asked: Asked) {
  return useList([...listKey, 'list', asked], (cursor, signal) => call(api.GET('/v1/leads', { params: { query: { ...queryOf(asked), cursor, limit: 50 } }, signal })));
}

/** The leads of a list, counted by a field. */
export function useGroups({ q, filter }: Asked, by: string) {
  return useQuery({
    queryKey: [...listKey, 'groups', q, filter, by], enabled: by !== '', placeholderData: keepPreviousData,
    queryFn: ({ signal }) => call(api.GET('/v1/leads/groups', { params: { query: { ...queryOf({ q, filter, sort: '' }), by, limit: 12 } }, signal })),
  });
}

export function useLead(id: string) {
  return useQuery({ queryKey: key(id), queryFn: ({ signal }) => callWithTag(api.GET('/v1/leads/{id}', { params: { path: { id } }, signal })) });
}

export function useCreateLead() {
  const client = useQueryClient();
  return useMutation({ mutationFn: (body: LeadFields) => call(api.POST('/v1/leads', { body })), onSuccess: () => client.invalidateQueries({ queryKey: listKey }) });
}

/** Changes with the ETag that was read; after a refusal the record is read again, so that the second try knows the newer one. */
export function useChangeLead(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: LeadPatch) => callWithTag(api.PATCH('/v1/leads/{id}', { params: { path: { id }, header: { 'If-Match': client.getQueryData<Tagged>(key(id))?.etag } }, body })),
    onSuccess: (tagged) => { client.setQueryData(key(id), tagged); return client.invalidateQueries({ queryKey: listKey }); },
    onError: () => client.invalidateQueries({ queryKey: key(id) }),
  });
}

export function useConvertLead(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call(api.POST('/v1/leads/{id}/convert', { params: { path: { id } } })),
    onSuccess: () => Promise.all([listKey, key(id), ['customers']].map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
}
