import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, call } from '@/api/client';
import type { BulkRequest } from './bulk';

/** Starts the job; the jobs drawer shows how far it is, and whoever watches the jobs refreshes the lists at its end. */
export function useChangeCustomers() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: BulkRequest) => call(api.POST('/v1/customers/bulk', { body })),
    onSuccess: (job) => {
      // A short job can be over before the list is read again: whoever watches must have seen it under way.
      client.setQueryData<readonly unknown[]>(['jobs'], (jobs) => jobs && [job, ...jobs]);
      return client.invalidateQueries({ queryKey: ['jobs'] });
    },
  });
}

export function useMe() {
  return useQuery({ queryKey: ['me'], queryFn: () => call(api.GET('/v1/me')), staleTime: 5 * 60_000 });
}
