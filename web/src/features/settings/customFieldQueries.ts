import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, call } from '@/api/client';
import { customFieldsKey, type CustomField } from '@/api/customFields';
import type { components } from '@/api/schema';

export type Adopted = components['schemas']['WorkspaceAdopted'];
export type FieldPatch = components['schemas']['WorkspaceFieldChangePatch'];
interface Tagged { etag: string | undefined }

/** A change of the definitions with the ETag that was read; whatever comes of it, they are read again, and so is what rules and lists know of them. */
function useFieldMutation<T, R>(send: (given: T, header: { 'If-Match': string | undefined }) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (given: T) => send(given, { 'If-Match': client.getQueryData<Tagged>(customFieldsKey)?.etag }),
    onSettled: () => Promise.all([customFieldsKey, ['segments', 'fields']].map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
}

export const useCreateField = () => useFieldMutation((body: CustomField, header) => call(api.POST('/v1/workspace/fields', { params: { header }, body })));
export const useChangeField = () => useFieldMutation(({ key, body }: { key: string; body: FieldPatch }, header) => call(api.PATCH('/v1/workspace/fields/{key}', { params: { path: { key }, header }, body })));
export const useOrderFields = () => useFieldMutation((keys: string[], header) => call(api.PUT('/v1/workspace/fields/order', { params: { header }, body: { keys } })));
export const useArchiveField = () => useFieldMutation((key: string, header) => call(api.DELETE('/v1/workspace/fields/{key}', { params: { path: { key }, header } })));

/** Asks call after call until the last customer was looked at, and adds up what they found. */
export async function untilTheLast(ask: (cursor: string | undefined) => Promise<Adopted>): Promise<Adopted> {
  const sum: Adopted = { customers: 0, values: 0, changed: 0, misfits: 0, problems: [] };
  for (let cursor: string | undefined, first = true; first || cursor; first = false) {
    const page = await ask(cursor);
    for (const part of ['customers', 'values', 'changed', 'misfits'] as const) sum[part] += page[part];
    sum.problems = [...sum.problems, ...page.problems].slice(0, 20);
    cursor = page.nextCursor;
  }
  return sum;
}

export const checkField = (field: CustomField): Promise<Adopted> => untilTheLast((cursor) => call(api.POST('/v1/workspace/fields/check', { body: { field, cursor } })));
export const applyField = (key: string): Promise<Adopted> => untilTheLast((cursor) => call(api.POST('/v1/workspace/fields/{key}/apply', { params: { path: { key } }, body: { cursor } })));
