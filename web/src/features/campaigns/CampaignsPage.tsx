import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useListFields } from '@/api/listFields';
import { problemOf } from '@/api/problem';
import { useRemoveView, useSaveView, useViews } from '@/api/views';
import { EmptyState } from '@/ui/EmptyState';
import { parseFilter, pathOf, writeFilter } from '@/ui/list/filter';
import { Groups } from '@/ui/list/Groups';
import { ListBar } from '@/ui/list/ListBar';
import { openView, viewOf } from '@/ui/list/viewOf';
import { Views } from '@/ui/list/Views';
import { ListPage } from '@/ui/ListPage';
import { DataTable } from '@/ui/table/DataTable';
import { useTableView } from '@/ui/table/useTableView';
import { useUrlState } from '@/ui/useUrlState';
import { campaignColumns } from './columns';
import { NewCampaign } from './NewCampaign';
import { useCampaigns, useGroups, useReports } from './queries';

/** `?new=` opens the dialog, with a segment's id from the segment page or `yes`. */
const places = { q: '', filter: '', sort: '', by: '', view: '', new: '' };
const newest = '-createdAt';

/** Ids mean nothing to people; segment and template are looked for by the campaign's name. */
const meaningful = ({ path }: { path: string }) => !/(Id|\.id)$/.test(path);

const counted = new Set(['campaign.status', 'campaign.channel', 'campaign.type', 'campaign.department', 'campaign.launchedAt', 'campaign.createdAt']);
const countable = ({ path }: { path: string }) => counted.has(path);

export default function CampaignsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [url, setUrl] = useUrlState(places);
  const known = useListFields().data;
  const fields = useMemo(() => (known?.campaigns ?? []).filter(meaningful), [known]);
  const views = useViews('campaigns').data ?? [];
  const save = useSaveView('campaigns');
  const remove = useRemoveView('campaigns');
  const asked = useMemo(() => ({ q: url.q, filter: url.filter, sort: url.sort }), [url.q, url.filter, url.sort]);
  const list = useCampaigns(asked);
  const groups = useGroups(asked, url.by);
  const reports = useReports(useMemo(() => (list.rows ?? []).filter(({ status }) => status !== 'draft').map(({ id }) => id), [list.rows]));
  const columns = useMemo(() => campaignColumns(t, reports), [t, reports]);
  const table = useTableView('campaigns');
  const open = () => setUrl({ new: 'yes' });
  const empty = url.q !== '' || url.filter !== '' ? (
    <EmptyState drawing="search" title={t('campaigns.noneFound')} why={t('customers.noneFound.why')} action={<Button variant="default" onClick={() => setUrl({ q: '', filter: '' })}>{t('campaigns.all')}</Button>} />
  ) : (
    <EmptyState drawing="letter" title={t('campaigns.empty.title')} why={t('campaigns.empty.why')} action={<Button variant="default" onClick={open}>{t('campaigns.empty.action')}</Button>} />
  );
  return (
    <ListPage
      title={t('campaigns.title')} count={list.total} action={<Button onClick={open}>{t('campaigns.new.open')}</Button>}
      views={<Views views={views} open={url.view} all={t('campaigns.all')} onOpen={(view) => setUrl(openView(view, columns, table))} onRemove={remove.mutateAsync}
        onSave={(id, name, shared) => save.mutateAsync({ ...(id === undefined ? {} : { id }), body: { subject: 'campaigns', ...viewOf(url, columns, table), name, shared } })} />}
    >
      {url.by ? <Groups fields={fields} path={pathOf(url.by, 'campaign')} label={(field) => t('campaigns.groups', { field })} counted={groups.data} trouble={groups.error ? problemOf(groups.error) : null} onRetry={() => void groups.refetch()}
        onNarrow={(leaf) => setUrl({ filter: writeFilter([...parseFilter(url.filter, 'campaign'), leaf], 'campaign'), by: '' })} /> : null}
      <DataTable id="campaigns" label={t('campaigns.title')} columns={columns} rowId={({ id }) => id} rowName={({ name }) => name} {...list}
        sort={url.sort || newest} onSort={(sort) => setUrl({ sort: sort === newest ? '' : sort })}
        onOpen={(campaign) => { if (campaign) void navigate(`/campaigns/${campaign.id}`); }} empty={empty}
        filters={<ListBar fields={fields} home="campaign" first="campaign.status" search={t('campaigns.search')} countable={countable} now={url} onChange={setUrl} />} />
      {url.new ? <NewCampaign segmentId={url.new === 'yes' ? '' : url.new} onClose={() => setUrl({ new: '' })} /> : null}
    </ListPage>
  );
}
