import { useQuery } from '@tanstack/react-query';
import { api, call } from './client';

/** The segments that one can choose from. */
export function useSegmentNames() {
  return useQuery({ queryKey: ['segments', 'names'], queryFn: async ({ signal }) => (await call(api.GET('/v1/segments', { params: { query: { limit: 200 } }, signal }))).data ?? [] });
}
