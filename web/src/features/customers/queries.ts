import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, call, callWithTag } from '@/api/client';
import type { components } from '@/api/schema';
import { useList } from '@/api/useList';

export type Customer = components['schemas']['Customer'];
export type CustomerFields = components['schemas']['CustomerFields'];
export type CustomerPatch = components['schemas']['CustomerFieldsPatch'];
export type Scores = components['schemas']['CustomersScores'];
export type Entry = components['schemas']['TimelineEntry'];
export type Consent = components['schemas']['Consent'];
export type ConsentRequest = components['schemas']['RecordConsentRequest'];
interface Tagged { data: Customer; etag: string | undefined }

const key = (id: string, ...rest: string[]) => ['customer', id, ...rest];
const listKey = ['customers'];

export function useCustomers(q: string) {
  return useList(['customers', q], (cursor, signal) => call(api.GET('/v1/customers', { params: { query: { ...(q ? { q } : {}), cursor, limit: 50 } }, signal })));
}

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
