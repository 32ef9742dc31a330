import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { EmptyState } from '@/ui/EmptyState';
import { Money, When } from '@/ui/figures';
import { LedgerLine } from '@/ui/LedgerLine';
import { ListPage } from '@/ui/ListPage';
import type { Column } from '@/ui/table/column';
import { DataTable } from '@/ui/table/DataTable';
import { Truncate } from '@/ui/Truncate';
import { useUrlState } from '@/ui/useUrlState';
import { NewCampaign } from './NewCampaign';
import { useCampaigns, useReports, type Campaign } from './queries';
import { StatusBadge } from './StatusBadge';

/** `?new=` opens the dialog, with a segment's id from the segment page or `yes`. */
const places = { new: '' };

export default function CampaignsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [{ new: making }, setPlace] = useUrlState(places);
  const list = useCampaigns();
  const reports = useReports(useMemo(() => (list.rows ?? []).filter(({ status }) => status !== 'draft').map(({ id }) => id), [list.rows]));
  const columns = useMemo<readonly Column<Campaign>[]>(() => [
    { id: 'name', header: t('campaigns.column.name'), cell: ({ name }) => <Truncate>{name}</Truncate> },
    { id: 'status', header: t('campaigns.column.status'), width: 'narrow', phone: 'aside', cell: ({ id, status }) => <StatusBadge status={reports.get(id)?.status ?? status} /> },
    { id: 'ledger', header: t('campaigns.column.ledger'), width: 'wide', cell: ({ id }) => { const report = reports.get(id); return report ? <LedgerLine counts={report.counts} /> : null; } },
    { id: 'revenue', header: t('campaigns.column.revenue'), width: 'normal', align: 'end', optional: true, cell: ({ id }) => { const report = reports.get(id); return report ? <Money value={report.revenue} /> : null; } },
    { id: 'launchedAt', header: t('campaigns.column.launchedAt'), width: 'narrow', align: 'end', phone: 'hide', optional: true, cell: ({ launchedAt }) => (launchedAt ? <When at={launchedAt} /> : '–') },
    { id: 'updatedAt', header: t('campaigns.column.updatedAt'), width: 'narrow', align: 'end', phone: 'hide', optional: true, cell: ({ updatedAt }) => <When at={updatedAt} /> },
  ], [t, reports]);
  const open = () => setPlace({ new: 'yes' });
  return (
    <ListPage title={t('campaigns.title')} count={list.total} action={<Button onClick={open}>{t('campaigns.new.open')}</Button>}>
      <DataTable id="campaigns" label={t('campaigns.title')} columns={columns} rows={list.rows} rowId={({ id }) => id} rowName={({ name }) => name} total={list.total}
        onOpen={(campaign) => { if (campaign) void navigate(`/campaigns/${campaign.id}`); }} trouble={list.trouble} onRetry={list.onRetry} more={list.more}
        empty={<EmptyState drawing="letter" title={t('campaigns.empty.title')} why={t('campaigns.empty.why')} action={<Button variant="default" onClick={open}>{t('campaigns.empty.action')}</Button>} />} />
      {making ? <NewCampaign segmentId={making === 'yes' ? '' : making} onClose={() => setPlace({ new: '' })} /> : null}
    </ListPage>
  );
}
