import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, call } from '@/api/client';
import type { components } from '@/api/schema';

export type Day = components['schemas']['InsightsDay'];
export type Attention = components['schemas']['InsightsAttention'];
export type Campaign = components['schemas']['Campaign'];

const minutes = (count: number) => count * 60_000;
const lag = 3_000;
const looks = 5;
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

/** The last days and who needs attention, as the lake has them. */
export function useMorning() {
  return useQuery({
    queryKey: ['insights', 'home'], queryFn: ({ signal }) => call(api.GET('/v1/insights/home', { signal })), staleTime: minutes(1),
    // The lake is seconds behind: a workspace that was filled a moment ago is asked again, a few times.
    refetchInterval: ({ state }) => (state.dataUpdateCount < looks && state.data?.days.every(({ customers, orders }) => customers + orders === 0) ? lag : false),
  });
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
