import { useQuery } from '@tanstack/react-query';
import { api, callWithTag } from './client';
import type { components } from './schema';

export type CustomField = components['schemas']['CustomfieldField'];
export type CustomLabel = components['schemas']['CustomfieldLabel'];

export const customFieldsKey = ['workspace', 'fields'];

/** The workspace's own fields of customers, in their order, archived ones too; with the ETag that all of them share. */
export function useCustomFields() {
  return useQuery({ queryKey: customFieldsKey, staleTime: 60_000, queryFn: ({ signal }) => callWithTag(api.GET('/v1/workspace/fields', { signal })) });
}

export { labelIn } from '@/lib/label';
