import type { TFunction } from 'i18next';
import { Money, When } from '@/ui/figures';
import { LedgerLine } from '@/ui/LedgerLine';
import type { Column } from '@/ui/table/column';
import { Truncate } from '@/ui/Truncate';
import type { Campaign, Report } from './queries';
import { StatusBadge } from './StatusBadge';

/** What the list shows of campaigns; of those that were launched, the books as they stand now. */
export const campaignColumns = (t: TFunction, reports: ReadonlyMap<string, Report>): readonly Column<Campaign>[] => [
  { id: 'name', header: t('campaigns.column.name'), cell: ({ name }) => <Truncate>{name}</Truncate>, sort: 'name' },
  { id: 'status', header: t('campaigns.column.status'), width: 'narrow', phone: 'aside', cell: ({ id, status }) => <StatusBadge status={reports.get(id)?.status ?? status} />, sort: 'status' },
  { id: 'ledger', header: t('campaigns.column.ledger'), width: 'wide', cell: ({ id }) => { const report = reports.get(id); return report ? <LedgerLine counts={report.counts} /> : null; } },
  { id: 'revenue', header: t('campaigns.column.revenue'), width: 'normal', align: 'end', optional: true, cell: ({ id }) => { const report = reports.get(id); return report ? <Money value={report.revenue} /> : null; } },
  { id: 'launchedAt', header: t('campaigns.column.launchedAt'), width: 'narrow', align: 'end', phone: 'hide', optional: true, cell: ({ launchedAt }) => (launchedAt ? <When at={launchedAt} /> : '–'), sort: 'launchedAt' },
  { id: 'updatedAt', header: t('campaigns.column.updatedAt'), width: 'narrow', align: 'end', phone: 'hide', optional: true, cell: ({ updatedAt }) => <When at={updatedAt} />, sort: 'updatedAt' },
];
