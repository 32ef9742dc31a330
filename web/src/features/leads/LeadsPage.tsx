import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useListFields } from '@/api/listFields';
import { problemOf } from '@/api/problem';
import { useRemoveView, useSaveView, useViews, type View } from '@/api/views';
import { EmptyState } from '@/ui/EmptyState';
import { IconPlus } from '@/ui/icons';
import { parseFilter, pathOf, writeFilter } from '@/ui/list/filter';
import { Groups } from '@/ui/list/Groups';
import { ListBar } from '@/ui/list/ListBar';
import { openView, viewOf } from '@/ui/list/viewOf';
import { Views } from '@/ui/list/Views';
import { ListPage } from '@/ui/ListPage';
import { DataTable } from '@/ui/table/DataTable';
import { useTableView } from '@/ui/table/useTableView';
import { useUrlState } from '@/ui/useUrlState';
import { leadColumns } from './columns';
import { CreateLead } from './CreateLead';
import { nameOf } from './lead';
import { LeadPanel } from './LeadPanel';
import { useGroups, useLeads } from './queries';

const defaults = { q: '', filter: '', sort: '', by: '', view: '', open: '', new: '' };
const newest = '-createdAt';

/** Fields by which leads are counted: not what every lead has of its own. */
const counted = new Set(['lead.status', 'lead.source', 'lead.company', 'lead.ownerId', 'lead.createdAt', 'lead.convertedAt']);
const countable = ({ path }: { path: string }) => counted.has(path);

export default function LeadsPage() {
  const { t } = useTranslation();
  const [url, setUrl] = useUrlState(defaults);
  const known = useListFields().data;
  const fields = useMemo(() => known?.leads ?? [], [known]);
  const views = useViews('leads').data ?? [];
  const save = useSaveView('leads');
  const remove = useRemoveView('leads');
  const asked = useMemo(() => ({ q: url.q, filter: url.filter, sort: url.sort }), [url.q, url.filter, url.sort]);
  const list = useLeads(asked);
  const groups = useGroups(asked, url.by);
  const columns = useMemo(() => leadColumns(t), [t]);
  const table = useTableView('leads');
  const rows = list.rows ?? [];
  const at = rows.findIndex(({ id }) => id === url.open);
  const step = (by: number) => {
    const next = at < 0 ? undefined : rows[at + by];
    return next ? () => setUrl({ open: next.id }, { replace: true }) : undefined;
  };
  const show = (view: View | undefined) => setUrl({ ...openView(view, columns, table), open: '' });
  const now = { subject: 'leads' as const, ...viewOf(url, columns, table) };
  const add = () => setUrl({ new: 'yes' });
  const empty = url.q !== '' || url.filter !== '' ? (
    <EmptyState drawing="search" title={t('leads.noneFound')} why={t('customers.noneFound.why')} action={<Button variant="default" onClick={() => setUrl({ q: '', filter: '' })}>{t('leads.all')}</Button>} />
  ) : (
    <EmptyState drawing="people" title={t('leads.empty.title')} why={t('leads.empty.why')} action={<Button variant="default" onClick={add}>{t('leads.add')}</Button>} />
  );
  return (
    <ListPage
      title={t('leads.title')} count={list.total} action={<Button leftSection={<IconPlus size={16} aria-hidden />} onClick={add}>{t('leads.add')}</Button>}
      views={<Views views={views} open={url.view} all={t('leads.all')} onOpen={show} onRemove={remove.mutateAsync} onSave={(id, name, shared) => save.mutateAsync({ ...(id === undefined ? {} : { id }), body: { ...now, name, shared } })} />}
      panel={url.open ? <LeadPanel key={url.open} id={url.open} known={rows[at]} onClose={() => setUrl({ open: '' })} onPrevious={step(-1)} onNext={step(1)} /> : null}
    >
      {url.by ? <Groups fields={fields} path={pathOf(url.by, 'lead')} label={(field) => t('leads.groups', { field })} counted={groups.data} trouble={groups.error ? problemOf(groups.error) : null} onRetry={() => void groups.refetch()}
        onNarrow={(leaf) => setUrl({ filter: writeFilter([...parseFilter(url.filter, 'lead'), leaf], 'lead'), by: '' })} /> : null}
      <DataTable id="leads" label={t('leads.title')} columns={columns} rowId={({ id }) => id} rowName={nameOf} {...list} openId={url.open}
        sort={url.sort || newest} onSort={(sort) => setUrl({ sort: sort === newest ? '' : sort })} onOpen={(row) => setUrl({ open: row?.id ?? '' })} empty={empty}
        filters={<ListBar fields={fields} home="lead" first="lead.status" search={t('leads.search')} countable={countable} now={url} onChange={setUrl} />} />
      {url.new ? <CreateLead onClose={() => setUrl({ new: '' }, { replace: true })} onCreated={(id) => setUrl({ new: '', open: id }, { replace: true })} /> : null}
    </ListPage>
  );
}
