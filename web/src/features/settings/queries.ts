import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, call, callWithTag } from '@/api/client';
import type { components } from '@/api/schema';

export type Workspace = components['schemas']['Workspace'];
export type SettingsPatch = components['schemas']['WorkspaceSettingsPatch'];
export type ApiKey = components['schemas']['ApikeysKey'];
export type NewApiKey = components['schemas']['ApikeysNewKey'];
export type ApiKeyRequest = components['schemas']['CreateApiKeyRequest'];
interface Tagged { data: Workspace; etag: string | undefined }

const key = ['workspace', 'settings'];
const keysKey = ['api-keys'];

export function useSettings() {
  return useQuery({ queryKey: key, queryFn: ({ signal }) => callWithTag(api.GET('/v1/workspace', { signal })) });
}

/** Changes with the ETag that was read; zone, currency and name are shown everywhere, so the session's own answer is read again. */
export function useChangeSettings() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: SettingsPatch) => callWithTag(api.PATCH('/v1/workspace', { params: { header: { 'If-Match': client.getQueryData<Tagged>(key)?.etag } }, body })),
    onSuccess: (tagged) => { client.setQueryData(key, tagged); return client.invalidateQueries({ queryKey: ['me'] }); },
    onError: () => client.invalidateQueries({ queryKey: key }),
  });
}

export function useApiKeys() {
  return useQuery({ queryKey: keysKey, queryFn: async ({ signal }) => (await call(api.GET('/v1/api-keys', { signal }))).data });
}

export function useCreateApiKey() {
  const client = useQueryClient();
  return useMutation({ mutationFn: (body: ApiKeyRequest) => call(api.POST('/v1/api-keys', { body })), onSuccess: () => client.invalidateQueries({ queryKey: keysKey }) });
}

export function useDeleteApiKey() {
  const client = useQueryClient();
  return useMutation({ mutationFn: (id: string) => call(api.DELETE('/v1/api-keys/{id}', { params: { path: { id } } })), onSuccess: () => client.invalidateQueries({ queryKey: keysKey }) });
}
