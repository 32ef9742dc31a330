import { keepPreviousData, useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { queryOf, type Asked } from '@/api/asked';
import { api, call, callWithTag } from '@/api/client';
import type { components } from '@/api/schema';
import { useList } from '@/api/useList';

type Schemas = components['schemas'];
export type Campaign = Schemas['Campaign'];
export type CampaignFields = Schemas['CampaignFields'];
export type CampaignPatch = Schemas['CampaignFieldsPatch'];
export type Report = Schemas['CampaignReport'];
export type Comparison = Schemas['CampaignComparison'];
export type Crowd = Schemas['CampaignCrowd'];
export type Message = NonNullable<Schemas['ListSent']['data']>[number];
export type State = Message['state'];
export type Action = 'pause' | 'resume' | 'cancel';

const key = ['campaigns'] as const;
const oneKey = (id: string) => [...key, 'one', id] as const;
const reportKey = (id: string) => [...key, 'report', id] as const;
const page = 20;
const moving = 1_000;
const resting = 10_000;

export const isMoving = (status: string): boolean => status === 'planning' || status === 'sending';
export const isUnderWay = (status: string): boolean => isMoving(status) || status === 'paused' || status === 'stopped';

export function useCampaigns(asked: Asked) {
  return useList<Campaign>([...key, 'list', asked], (cursor, signal) => call(api.GET('/v1/campaigns', { params: { query: { ...queryOf(asked), limit: page, cursor } }, signal })));
}

/** The campaigns of a list, counted by a field. */
export function useGroups({ q, filter }: Asked, by: string) {
  return useQuery({
    queryKey: [...key, 'list', 'groups', q, filter, by], enabled: by !== '', placeholderData: keepPreviousData,
    queryFn: ({ signal }) => call(api.GET('/v1/campaigns/groups', { params: { query: { ...queryOf({ q, filter, sort: '' }), by, limit: 12 } }, signal })),
  });
}

export function useCampaign(id: string) {
  return useQuery({
    queryKey: oneKey(id),
    queryFn: ({ signal }) => callWithTag(api.GET('/v1/campaigns/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => (isMoving(state.data?.data.status ?? '') ? moving : false),
  });
}

const reportOf = (id: string) => ({ queryKey: reportKey(id), queryFn: ({ signal }: { signal: AbortSignal }) => call(api.GET('/v1/campaigns/{id}/report', { params: { path: { id } }, signal })) });

/** Every second while it moves; slowly after, for responses and orders still come in. */
export function useReport(id: string, launched: boolean) {
  return useQuery({ ...reportOf(id), enabled: launched, refetchInterval: ({ state }) => (isMoving(state.data?.status ?? 'planning') ? moving : resting) });
}

/** The books of the campaigns on screen, by id. */
export function useReports(ids: readonly string[]): ReadonlyMap<string, Report> {
  return useQueries({ queries: ids.map(reportOf), combine: (answers) => new Map(answers.flatMap(({ data }) => (data ? [[data.campaignId, data] as const] : []))) });
}

export function useCrowd(campaign: Campaign) {
  const { id, segmentId, holdoutPercent } = campaign;
  return useQuery({
    queryKey: [...key, 'crowd', id, segmentId, holdoutPercent],
    queryFn: ({ signal }) => call(api.GET('/v1/campaigns/{id}/audience', { params: { path: { id } }, signal })),
    enabled: Boolean(segmentId),
  });
}

export function useCreateCampaign() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CampaignFields) => call(api.POST('/v1/campaigns', { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: [...key, 'list'] }),
  });
}

/** One change after the other, each with the tag that the one before it left. */
export function usePatchCampaign(id: string) {
  const client = useQueryClient();
  return useMutation({
    scope: { id: `campaign ${id}` },
    mutationFn: (body: CampaignPatch) => {
      const held = client.getQueryData<{ etag: string | undefined }>(oneKey(id));
      return callWithTag(api.PATCH('/v1/campaigns/{id}', { params: { path: { id }, header: { 'If-Match': held?.etag } }, body }));
    },
    onSuccess: (saved) => {
      client.setQueryData(oneKey(id), saved);
      return client.invalidateQueries({ queryKey: reportKey(id) });
    },
  });
}

export function useDeleteCampaign(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call(api.DELETE('/v1/campaigns/{id}', { params: { path: { id }, header: { 'If-Match': client.getQueryData<{ etag: string | undefined }>(oneKey(id))?.etag } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: key, refetchType: 'none' }),
  });
}

function useRenew(id: string) {
  const client = useQueryClient();
  return () => Promise.all([oneKey(id), reportKey(id), [...key, 'messages', id], ['jobs']].map((queryKey) => client.invalidateQueries({ queryKey })));
}

export function useLaunch(id: string) {
  return useMutation({ mutationFn: () => call(api.POST('/v1/campaigns/{id}/launch', { params: { path: { id } } })), onSuccess: useRenew(id) });
}

const steer = { pause: '/v1/campaigns/{id}/pause', resume: '/v1/campaigns/{id}/resume', cancel: '/v1/campaigns/{id}/cancel' } as const;

export function useSteer(id: string) {
  return useMutation({ mutationFn: (action: Action) => call(api.POST(steer[action], { params: { path: { id } } })), onSuccess: useRenew(id) });
}

export function useRetryFailed(id: string) {
  return useMutation({ mutationFn: () => call(api.POST('/v1/campaigns/{id}/retry-failed', { params: { path: { id } } })), onSuccess: useRenew(id) });
}

export function useMessages(id: string, state: State | '') {
  return useList<Message>([...key, 'messages', id, state], async (cursor, signal) => {
    const { data, nextCursor } = await call(api.GET('/v1/campaigns/{id}/messages', { params: { path: { id }, query: { limit: 50, cursor, state: state || undefined } }, signal }));
    return { data: data ?? [], nextCursor };
  });
}

export function useTemplateNames() {
  return useQuery({ queryKey: ['templates', 'names'], queryFn: async ({ signal }) => (await call(api.GET('/v1/templates', { params: { query: { limit: 200 } }, signal }))).data ?? [] });
}

export function useCampaignNames() {
  return useQuery({ queryKey: [...key, 'names'], queryFn: async ({ signal }) => (await call(api.GET('/v1/campaigns', { params: { query: { limit: 200 } }, signal }))).data ?? [] });
}
