import { useQuery } from '@tanstack/react-query';
import { api, call } from './client';

/** Who is logged in. Shares its cache line with the session's `me`. */
export function useMe() {
  return useQuery({ queryKey: ['me'], queryFn: () => call(api.GET('/v1/me')), staleTime: 5 * 60_000 });
}
