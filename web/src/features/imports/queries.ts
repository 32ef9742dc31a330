import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, call } from '@/api/client';
import { useList } from '@/api/useList';
import { isWorking, type Kind, type Status } from './import';
import { upload } from './upload';

const key = (id: string) => ['import', id];
const listKey = ['imports'];
const watched = 700;

export function useImports() {
  return useList(listKey, (cursor, signal) => call(api.GET('/v1/imports', { params: { query: { cursor, limit: 50 } }, signal })));
}

/** Looks again while a job is at work on it. */
export function useImport(id: string) {
  return useQuery({
    queryKey: key(id), queryFn: ({ signal }) => call(api.GET('/v1/imports/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => (state.data && isWorking(state.data) ? watched : false),
  });
}

export function useImportFields() {
  return useQuery({ queryKey: ['imports', 'fields'], queryFn: () => call(api.GET('/v1/imports/fields')), staleTime: 60_000 });
}

interface Start { kind: Kind; file: File; onProgress: (share: number) => void; /** Matched and checked at once, for rows that were mended. */ mapping?: Record<string, string> }

/** Makes an import and hands the file over; answers its id. */
export function useStartImport() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ kind, file, onProgress, mapping }: Start) => {
      const { id, uploadUrl } = await call(api.POST('/v1/imports', { body: { kind, fileName: file.name.slice(0, 255) } }));
      await upload(uploadUrl, file, onProgress);
      if (mapping) {
        await call(api.PUT('/v1/imports/{id}/mapping', { params: { path: { id } }, body: { mapping } }));
        await call(api.POST('/v1/imports/{id}/check', { params: { path: { id } } }));
      }
      return id;
    },
    onSuccess: () => client.invalidateQueries({ queryKey: listKey, exact: true }),
  });
}

/** Another file in place of one that could not be read. */
export function useUploadAgain(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ url, file, onProgress }: { url: string; file: File; onProgress: (share: number) => void }) => upload(url, file, onProgress),
    onSuccess: () => client.invalidateQueries({ queryKey: key(id) }),
  });
}

/** One move of an import; whatever it answers, import, list and jobs are read again. */
function useMove<T>(id: string, move: (input: T) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: move,
    onSettled: () => Promise.all([['jobs'], listKey, key(id)].map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
}

const path = (id: string) => ({ params: { path: { id } } });

export const useCheckImport = (id: string) => useMove(id, async (mapping: Record<string, string>) => {
  await call(api.PUT('/v1/imports/{id}/mapping', { ...path(id), body: { mapping } }));
  return call(api.POST('/v1/imports/{id}/check', path(id)));
});
export const useCommitImport = (id: string) => useMove<void>(id, () => call(api.POST('/v1/imports/{id}/commit', path(id))));
export const useCancelImport = (id: string) => useMove<void>(id, () => call(api.POST('/v1/imports/{id}/cancel', path(id))));

/** The step that an import stands in, once more, after its job gave up. */
export const useStartAgain = (id: string, status: Status) => useMove<void>(id, () => {
  if (status === 'checking') return call(api.POST('/v1/imports/{id}/check', path(id)));
  return status === 'undoing' ? call(api.POST('/v1/imports/{id}/undo', path(id))) : call(api.POST('/v1/imports/{id}/commit', path(id)));
});

/** Taking back changes customers, orders and leads: whatever is on screen is read again. */
export function useUndoImport(id: string) {
  return useMove<void>(id, () => call(api.POST('/v1/imports/{id}/undo', path(id))));
}

const peek = 200_000;

async function failedRows(id: string): Promise<ReadableStream<Uint8Array>> {
  const stream = await call(api.GET('/v1/imports/{id}/failed-rows', { ...path(id), parseAs: 'stream' }) as unknown as Promise<{ data?: ReadableStream<Uint8Array>; response: Response }>);
  return stream;
}

/** The beginning of the file of failed rows: enough to mend some on screen, whatever its size. */
export function useFailedRows(id: string, phase: string) {
  return useQuery({
    queryKey: [...key(id), 'failed', phase],
    queryFn: async () => {
      const reader = (await failedRows(id)).getReader();
      const decoder = new TextDecoder();
      let text = '';
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return { text: text + decoder.decode(), cut: false };
        text += decoder.decode(value, { stream: true });
        if (text.length > peek) { void reader.cancel(); return { text, cut: true }; }
      }
    },
  });
}

export function useDownloadFailedRows(id: string) {
  return useMutation({ mutationFn: async () => new Response(await failedRows(id)).blob() });
}
