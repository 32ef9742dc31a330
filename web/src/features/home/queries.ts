import { useQuery } from '@tanstack/react-query';
import { api, call } from '@/api/client';

/** Shares its cache line with the session's `me`: one request feeds both. */
export function useHome() {
  return useQuery({ queryKey: ['me'], queryFn: () => call(api.GET('/v1/me')), staleTime: 5 * 60_000 });
}
