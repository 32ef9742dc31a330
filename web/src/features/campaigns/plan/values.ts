import type { Campaign, CampaignPatch } from '../queries';
import { dayOf, endOfDay, startOfDay } from '../zoned';

/** A plan as its form holds it: everything as typed. */
export const names = ['name', 'purpose', 'description', 'startsAt', 'endsAt', 'budget', 'cost', 'targetCount', 'channel', 'ownerId', 'department', 'expectedUplift', 'notes', 'segmentId', 'templateId', 'subject', 'holdoutPercent', 'basedOnIds'] as const;
export type Name = (typeof names)[number];
export type Values = Record<Name, string>;
interface Manner { timeZone: string; currency: string }

const text = (value: number | undefined, scale = 1): string => (value ? String(Math.round(value * scale * 1e6) / 1e6) : '');

export function valuesOf(campaign: Campaign, { timeZone }: Manner): Values {
  return {
    name: campaign.name, purpose: campaign.purpose ?? '', description: campaign.description ?? '', notes: campaign.notes ?? '', department: campaign.department ?? '',
    startsAt: campaign.startsAt ? dayOf(campaign.startsAt, timeZone) : '', endsAt: campaign.endsAt ? dayOf(campaign.endsAt, timeZone) : '',
    budget: campaign.budget?.amount ?? '', cost: campaign.cost?.amount ?? '', targetCount: text(campaign.targetCount), channel: campaign.channel ?? 'email', ownerId: campaign.ownerId ?? '',
    expectedUplift: text(campaign.expectedUplift, 100), segmentId: campaign.segmentId ?? '', templateId: campaign.templateId ?? '', subject: campaign.subject ?? '',
    holdoutPercent: text(campaign.holdoutPercent), basedOnIds: (campaign.basedOnIds ?? []).join(' '),
  };
}

/** What the API is told for the fields that differ; an emptied field is cleared. */
export function patchOf(values: Values, was: Values, { timeZone, currency }: Manner): CampaignPatch {
  const money = (amount: string) => (amount === '' ? null : { amount, currency });
  const number = (value: string) => (value === '' ? null : Number(value));
  const write: Record<Name, (value: string) => unknown> = {
    name: (v) => v.trim(), purpose: (v) => v || null, description: (v) => v || null, notes: (v) => v || null, department: (v) => v || null,
    startsAt: (v) => (v ? startOfDay(v, timeZone) : null), endsAt: (v) => (v ? endOfDay(v, timeZone) : null),
    budget: money, cost: money, targetCount: number, channel: (v) => v, ownerId: (v) => v || null,
    expectedUplift: (v) => (v === '' ? null : Math.round(Number(v) * 1e4) / 1e6), segmentId: (v) => v || null, templateId: (v) => v || null, subject: (v) => v || null,
    holdoutPercent: number, basedOnIds: (v) => (v ? v.split(' ') : null),
  };
  return Object.fromEntries(names.filter((name) => values[name] !== was[name]).map((name) => [name, write[name](values[name])]));
}

/** A new plan from an old one; what came of the old one stays with it. */
export function replan(campaign: Campaign, name: string) {
  const { purpose, description, department, budget, targetCount, expectedUplift, notes, subject, uncertainPolicy, uncertainAfterMinutes, type, channel, segmentId, templateId, holdoutPercent, ownerId } = campaign;
  return { name, purpose, description, department, budget, targetCount, expectedUplift, notes, subject, uncertainPolicy, uncertainAfterMinutes, type, channel, segmentId, templateId, holdoutPercent, ownerId, basedOnIds: [campaign.id] };
}
