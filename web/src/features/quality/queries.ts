import { useQuery } from '@tanstack/react-query';
import { api, call } from '@/api/client';
import type { components } from '@/api/schema';
import { useList } from '@/api/useList';

export type Figures = components['schemas']['QualityFigures'];
export type Group = components['schemas']['QualityGroup'];
export type Customer = components['schemas']['Customer'];
export type Source = components['schemas']['QualitySourceFigures']['source'];
export const problems = ['missing', 'invalid', 'stale'] as const;
export type Problem = (typeof problems)[number];

export function useQuality() {
  return useQuery({ queryKey: ['quality'], queryFn: ({ signal }) => call(api.GET('/v1/quality', { signal })) });
}

export function useDuplicates() {
  return useList(['quality', 'duplicates'], (cursor, signal) => call(api.GET('/v1/quality/duplicates', { params: { query: { cursor, limit: 10 } }, signal })));
}

export function useProblems(field: string, problem: Problem, source: Source | undefined) {
  return useList(['quality', 'problems', field, problem, source ?? ''], (cursor, signal) =>
    call(api.GET('/v1/quality/problems', { params: { query: { field, problem, cursor, limit: 20, ...(source ? { source } : {}) } }, signal })));
}
