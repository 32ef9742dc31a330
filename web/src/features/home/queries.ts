import { useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, call } from '@/api/client';
import { isProblem } from '@/api/problem';
import type { components } from '@/api/schema';

export type Picture = components['schemas']['ScoresPicture'];
export type Campaign = components['schemas']['Campaign'];
export type Customer = components['schemas']['Customer'];

const minutes = (count: number) => count * 60_000;
const checklistKey = ['workspace', 'checklist'];

/** Shares its cache line with the session's `me`: one request feeds both. */
export function useHome() {
  return useQuery({ queryKey: ['me'], queryFn: () => call(api.GET('/v1/me')), staleTime: minutes(5) });
}

export function useChecklist() {
  return useQuery({ queryKey: checklistKey, queryFn: ({ signal }) => call(api.GET('/v1/workspace/checklist', { signal })) });
}

export function useSkipStep() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (step: string) => call(api.PATCH('/v1/workspace', { body: { onboarding: { [step]: true } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['workspace'] }),
  });
}

async function picture(asOf: string | undefined, signal: AbortSignal): Promise<Picture | null> {
  try {
    return await call(api.GET('/v1/scores/summary', { params: { query: { asOf } }, signal }));
  } catch (error) {
    // Nothing was computed yet: a state of the workspace, not a failure.
    if (isProblem(error) && error.status === 404) return null;
    throw error;
  }
}

const daysBack = 7;

/** The latest nightly picture and those of the days before it: small documents, computed once a day. */
export function usePictures() {
  const latest = useQuery({ queryKey: ['scores', 'home'], queryFn: ({ signal }) => picture(undefined, signal), staleTime: minutes(1) });
  const days = (latest.data?.days ?? []).filter((day) => day !== latest.data?.asOf).slice(0, daysBack);
  const earlier = useQueries({ queries: days.map((day) => ({ queryKey: ['scores', 'home', day], queryFn: ({ signal }: { signal: AbortSignal }) => picture(day, signal), staleTime: Infinity })) });
  return { latest, earlier: earlier.flatMap(({ data }) => (data ? [data] : [])) };
}

export function useBuildScores() {
  const client = useQueryClient();
  return useMutation({ mutationFn: () => call(api.POST('/v1/scores/rebuild', { body: {} })), onSuccess: () => client.invalidateQueries({ queryKey: ['jobs'] }) });
}

/** Regulars who stopped coming: the rule is the same that a segment would have. */
const missed = { all: [{ orders: { count: ['gte', 3] } }, { not: { orders: { count: ['gte', 1], inLast: 'P60D' } } }] };

export function useMissed() {
  return useQuery({ queryKey: ['segments', 'home'], queryFn: ({ signal }) => call(api.POST('/v1/segments/preview', { body: { rule: missed }, signal })), staleTime: minutes(5) });
}

/** How often and how long ago someone bought; shares the line of the customer's own page. */
export function useRfm(id: string) {
  return useQuery({ queryKey: ['customer', id, 'scores'], queryFn: ({ signal }) => call(api.GET('/v1/customers/{id}/scores', { params: { path: { id } }, signal })), select: ({ rfm }) => rfm, staleTime: minutes(5) });
}

const ended: readonly string[] = ['draft', 'sent', 'canceled'];

/** Campaigns that are being prepared or sent, among the latest fifty. */
export function useCampaignsInFlight() {
  return useQuery({
    queryKey: ['campaigns', 'home'], staleTime: 5_000,
    queryFn: async ({ signal }) => (await call(api.GET('/v1/campaigns', { params: { query: { limit: 50 } }, signal }))).data.filter(({ status }) => !ended.includes(status)),
    refetchInterval: ({ state }) => (state.data && state.data.length > 0 ? 5_000 : false),
  });
}

export function useReport(id: string) {
  return useQuery({ queryKey: ['campaigns', 'home', id], queryFn: ({ signal }) => call(api.GET('/v1/campaigns/{id}/report', { params: { path: { id } }, signal })), refetchInterval: 5_000 });
}

export function useAddSample() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      await call(api.POST('/v1/workspace/sample-data'));
      // Without scores half of what there is to see would be empty until the night.
      await call(api.POST('/v1/scores/rebuild', { body: {} }));
    },
    onSuccess: () => client.invalidateQueries(),
  });
}

export function useResendVerification() {
  return useMutation({ mutationFn: () => call(api.POST('/v1/email-verification/resend')) });
}
