import { useQuery } from '@tanstack/react-query';
import { api, call } from './client';
import type { components } from './schema';

export type ListField = components['schemas']['SegmentsField'];

/** The fields by which lists are narrowed, sorted and counted: those of customers, the workspace's own among them, of orders, of leads and of campaigns. */
export function useListFields() {
  return useQuery({
    queryKey: ['segments', 'fields', 'lists'], staleTime: 60_000,
    queryFn: async ({ signal }) => { const { data, ...others } = await call(api.GET('/v1/segments/fields', { signal })); return { customers: data ?? [], ...others }; },
  });
}
