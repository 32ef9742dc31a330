import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api, call } from '@/api/client';
import { isProblem } from '@/api/problem';
import type { components } from '@/api/schema';

export type Picture = components['schemas']['ScoresPicture'];
export type Cell = components['schemas']['ScoreCell'];
export type Move = components['schemas']['ScoreMove'];
export type Tier = components['schemas']['ScoreTier'];
export type ModelCard = components['schemas']['ScoresCard'];
export type Fitted = components['schemas']['ScoresFitted'];
export type Lack = components['schemas']['ScoreLack'];
export type Accuracy = components['schemas']['ScoreAccuracy'];
export type CurveWeek = components['schemas']['ScoreCurveWeek'];
export type Curve = components['schemas']['InsightsCurve'];
export type Point = components['schemas']['InsightsPoint'];
export type Cohort = components['schemas']['InsightsCohort'];
export type CohortMonth = components['schemas']['InsightsCohortMonth'];

const key = ['scores'] as const;
const watched = 1_000;

/** The picture of a day, the latest without one; null while no scores were ever built. */
export function usePicture(asOf: string) {
  return useQuery({
    queryKey: [...key, 'summary', asOf, document.documentElement.lang],
    queryFn: async ({ signal }) => {
      try {
        return await call(api.GET('/v1/scores/summary', { params: { query: { asOf: asOf || undefined } }, signal }));
      } catch (error) {
        if (isProblem(error) && error.code === 'scores_not_built') return null;
        throw error;
      }
    },
  });
}

/** The model card of a day; null for scores that were built before there were models. */
export function useModelCard(asOf: string) {
  return useQuery({
    queryKey: [...key, 'model', asOf, document.documentElement.lang],
    queryFn: async ({ signal }) => {
      try {
        return await call(api.GET('/v1/scores/model', { params: { query: { asOf } }, signal }));
      } catch (error) {
        if (isProblem(error) && error.code === 'score_card_not_found') return null;
        throw error;
      }
    },
  });
}

export function useRebuild() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ asOf, replace }: { asOf: string; replace: boolean }) => call(api.POST('/v1/scores/rebuild', { body: asOf ? { asOf, replace } : {} })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['jobs'] }),
  });
}

/** Follows a rebuild and shows the new picture the moment it is there. */
export function useRebuildJob(id: string | undefined) {
  const client = useQueryClient();
  const { data } = useQuery({
    queryKey: ['job', id],
    queryFn: ({ signal }) => call(api.GET('/v1/jobs/{id}', { params: { path: { id: id ?? '' } }, signal })),
    enabled: id !== undefined,
    refetchInterval: ({ state }) => (state.data?.finishedAt ? false : watched),
  });
  const finished = data?.finishedAt;
  useEffect(() => { if (finished) void client.invalidateQueries({ queryKey: key }); }, [client, finished]);
  return data;
}

/** What the buyers who bring most bring together, and who they are. */
export function useCurve(percent: number) {
  return useQuery({ queryKey: ['insights', 'curve', percent], queryFn: ({ signal }) => call(api.GET('/v1/insights/curve', { params: { query: { percent } }, signal })), placeholderData: keepPreviousData });
}

export function useCohorts() {
  return useQuery({ queryKey: ['insights', 'cohorts'], queryFn: ({ signal }) => call(api.GET('/v1/insights/cohorts', { signal })) });
}

export type PivotTable = components['schemas']['InsightsPivotTable'];
export type PivotRow = components['schemas']['InsightsPivotRow'];
export type PivotCell = components['schemas']['InsightsPivotCell'];
export type PivotAsk = Partial<components['schemas']['PivotSalesRequest']> & { columns: components['schemas']['PivotSalesRequest']['columns'] };

/** What was bought, by a property of customers and by period. The table before stays while another is counted. */
export function usePivot(ask: PivotAsk) {
  return useQuery({ queryKey: ['insights', 'pivot', ask], queryFn: ({ signal }) => call(api.POST('/v1/insights/pivot', { body: ask, signal })), placeholderData: keepPreviousData });
}
