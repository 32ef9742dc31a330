import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, call } from '@/api/client';

/** Whether sample data is here: the session's own answer knows. */
export function useHasSample(): boolean {
  const { data } = useQuery({ queryKey: ['me'], queryFn: () => call(api.GET('/v1/me')), staleTime: 5 * 60_000 });
  return data?.workspace.sample ?? false;
}

export function useRemoveSample() {
  const client = useQueryClient();
  return useMutation({ mutationFn: () => call(api.DELETE('/v1/workspace/sample-data')), onSuccess: () => client.invalidateQueries() });
}
