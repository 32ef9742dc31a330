import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, call } from './client';
import type { components } from './schema';

type ListExport = components['schemas']['ExportListRequest'];
export type ExportFormat = ListExport['format'];

/** Starts the file of what a list shows: the whole of it, in its order. The drawer of jobs shows how far it is, and gives the file. */
export function useExportList(subject: ListExport['subject']) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (list: Omit<ListExport, 'subject'>) => call(api.POST('/v1/exports', { body: { subject, ...list } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['jobs'] }),
  });
}
