import type { TFunction } from 'i18next';
import type { Picture } from './queries';

/** The grid as a file: a row for each cell, numbers as programs read them. */
export const cellRows = (t: TFunction, { rfmGrid }: Picture): string[][] => [
  [t('value.moves.toR'), t('value.moves.toF'), t('value.pyramid.people'), t('value.pyramid.revenue'), t('value.currency')],
  ...(rfmGrid ?? []).map(({ r, f, customers, revenue }) => [String(r), String(f), String(customers), revenue.amount, revenue.currency]),
];

/** The pyramid as a file: its tiers, which add up to everybody; shares are parts of one. */
export const tierRows = (t: TFunction, { pyramid }: Picture): string[][] => [
  [t('value.pyramid.from'), t('value.pyramid.to'), t('value.pyramid.people'), t('value.pyramid.revenue'), t('value.currency'), t('value.pyramid.share')],
  ...(pyramid.tiers ?? []).map(({ fromPercent, toPercent, customers, revenue, share }) => [String(fromPercent), String(toPercent), String(customers), revenue.amount, revenue.currency, String(share)]),
];
