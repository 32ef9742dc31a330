import { Button, NativeSelect } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useListFields } from '@/api/listFields';
import { problemOf } from '@/api/problem';
import { useRemoveView, useSaveView, useViews, type View } from '@/api/views';
import { EmptyState } from '@/ui/EmptyState';
import { IconPlus } from '@/ui/icons';
import { nameOfPath, parseFilter, pathOf, writeFilter } from '@/ui/list/filter';
import { FilterBar } from '@/ui/list/FilterBar';
import { Groups } from '@/ui/list/Groups';
import bar from '@/ui/list/List.module.css';
import { Views } from '@/ui/list/Views';
import { ListPage } from '@/ui/ListPage';
import { SearchField } from '@/ui/SearchField';
import { DataTable } from '@/ui/table/DataTable';
import { useTableView } from '@/ui/table/useTableView';
import { useLanguage } from '@/ui/useLanguage';
import { useUrlState } from '@/ui/useUrlState';
import { leadColumns } from './columns';
import { CreateLead } from './CreateLead';
import { nameOf } from './lead';
import { LeadPanel } from './LeadPanel';
import { useGroups, useLeads } from './queries';

const defaults = { q: '', filter: '', sort: '', by: '', view: '', open: '', new: '' };
const newest = '-createdAt';

/** Fields by which leads are counted: not what every lead has of its own. */
const countable = new Set(['lead.status', 'lead.source', 'lead.company', 'lead.ownerId', 'lead.createdAt', 'lead.convertedAt']);

export default function LeadsPage() {
  const { t } = useTranslation();
  const language = useLanguage();
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
  const show = (view: View | undefined) => {
    setUrl({ view: view?.id ?? '', q: view?.q ?? '', filter: view?.filter ?? '', sort: view?.sort ?? '', by: view?.groupBy ?? '', open: '' });
    if (view?.columns) table.show(view.columns, columns);
    if (view) table.setCompact(view.layout === 'compact');
  };
  const now = {
    subject: 'leads' as const, ...(url.q ? { q: url.q } : {}), ...(url.filter ? { filter: url.filter } : {}), ...(url.sort ? { sort: url.sort } : {}), ...(url.by ? { groupBy: url.by } : {}),
    columns: columns.filter((column) => !table.hides(column)).map(({ id }) => id), layout: table.compact ? 'compact' as const : 'comfortable' as const,
  };
  const add = () => setUrl({ new: 'yes' });
  const empty = url.q !== '' || url.filter !== '' ? (
    <EmptyState drawing="search" title={t('leads.noneFound')} why={t('customers.noneFound.why')} action={<Button variant="default" onClick={() => setUrl({ q: '', filter: '' })}>{t('leads.all')}</Button>} />
  ) : (
    <EmptyState drawing="people" title={t('leads.empty.title')} why={t('leads.empty.why')} action={<Button variant="default" onClick={add}>{t('leads.add')}</Button>} />
  );
  const by = [{ value: '', label: t('customers.groups.no') }, ...fields.filter(({ path }) => countable.has(path)).map((field) => ({ value: nameOfPath(field.path, 'lead'), label: field[language] }))];
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
        filters={(
          <div className={bar.bar}>
            <SearchField label={t('leads.search')} value={url.q} onSearch={(q) => setUrl({ q }, { replace: true })} />
            <div className={bar.filter}><FilterBar fields={fields} home="lead" first="lead.status" filter={url.filter} onFilter={(filter) => setUrl({ filter })} /></div>
            <NativeSelect size="xs" className={bar.count} aria-label={t('customers.groups.label')} value={url.by} data={by} onChange={({ currentTarget }) => setUrl({ by: currentTarget.value })} />
          </div>
        )} />
      {url.new ? <CreateLead onClose={() => setUrl({ new: '' }, { replace: true })} onCreated={(id) => setUrl({ new: '', open: id }, { replace: true })} /> : null}
    </ListPage>
  );
}
