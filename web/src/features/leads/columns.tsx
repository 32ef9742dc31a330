import type { TFunction } from 'i18next';
import { formatPhone } from '@/lib/phone';
import { When } from '@/ui/figures';
import { StateBadge } from '@/ui/StateBadge';
import type { Column } from '@/ui/table/column';
import { Truncate } from '@/ui/Truncate';
import { nameOf, statusOf, tones } from './lead';
import type { Lead } from './queries';

export const leadColumns = (t: TFunction): readonly Column<Lead>[] => [
  { id: 'name', header: t('leads.field.name'), cell: (lead) => <Truncate>{nameOf(lead)}</Truncate>, sort: 'name', width: 'wide', phone: 'title' },
  { id: 'status', header: t('leads.field.status'), cell: ({ status }) => <StateBadge tone={tones[statusOf(status)]}>{t(`leads.status.${statusOf(status)}`)}</StateBadge>, sort: 'status', width: 'normal', phone: 'aside' },
  { id: 'company', header: t('leads.field.company'), cell: ({ name, company }) => (name && company ? <Truncate>{company}</Truncate> : null), sort: 'company', width: 'normal', phone: 'line', optional: true },
  { id: 'reach', header: t('leads.reach'), cell: ({ phone, email }) => (phone ?? email ? <Truncate>{phone ? formatPhone(phone) : email}</Truncate> : null), width: 'wide', phone: 'line', optional: true },
  { id: 'source', header: t('leads.field.source'), cell: ({ source }) => <Truncate>{source}</Truncate>, sort: 'source', width: 'normal', phone: 'hide', optional: true },
  { id: 'createdAt', header: t('leads.field.createdAt'), cell: ({ createdAt }) => <When at={createdAt} />, sort: 'createdAt', align: 'end', width: 'normal', phone: 'hide', optional: true },
];
