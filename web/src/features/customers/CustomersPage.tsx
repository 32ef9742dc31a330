import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useCustomFields } from '@/api/customFields';
import { useExportList } from '@/api/exports';
import { useListFields } from '@/api/listFields';
import { problemOf } from '@/api/problem';
import { useRemoveView, useSaveView, useViews, type View } from '@/api/views';
import { useFrame } from '@/app/frame/useFrame';
import { EmptyState } from '@/ui/EmptyState';
import { IconPlus } from '@/ui/icons';
import { ExportMenu } from '@/ui/list/ExportMenu';
import { parseFilter, pathOf, writeFilter } from '@/ui/list/filter';
import { Groups } from '@/ui/list/Groups';
import { ListBar } from '@/ui/list/ListBar';
import { openView, viewOf } from '@/ui/list/viewOf';
import { Views } from '@/ui/list/Views';
import { ListPage } from '@/ui/ListPage';
import { BulkBar } from '@/ui/table/BulkBar';
import { DataTable } from '@/ui/table/DataTable';
import { useSelection } from '@/ui/table/useSelection';
import { useTableView } from '@/ui/table/useTableView';
import { useIsPhone } from '@/ui/useIsPhone';
import { useLanguage } from '@/ui/useLanguage';
import { useUrlState } from '@/ui/useUrlState';
import { BulkActions } from './bulk/BulkActions';
import { customerColumns } from './columns';
import { CreateCustomer } from './CreateCustomer';
import { nameOf } from './customer';
import { CustomerPanel } from './CustomerPanel';
import { useCustomers, useGroups } from './queries';

const defaults = { q: '', filter: '', sort: '', by: '', view: '', open: '', new: '' };

/** Amounts are not counted one by one. */
const countable = ({ type }: { type: string }) => type !== 'money';

export default function CustomersPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const [url, setUrl] = useUrlState(defaults);
  const [editing, setEditing] = useState('');
  const fields = useListFields().data?.customers ?? [];
  const views = useViews('customers').data ?? [];
  const save = useSaveView('customers');
  const remove = useRemoveView('customers');
  const custom = useCustomFields().data?.data.data;
  const asked = useMemo(() => ({ q: url.q, filter: url.filter, sort: url.sort }), [url.q, url.filter, url.sort]);
  const list = useCustomers(asked);
  const groups = useGroups(asked, url.by);
  const columns = useMemo(() => customerColumns(t, language, (custom ?? []).filter(({ archived }) => !archived)), [t, language, custom]);
  const table = useTableView('customers');
  const exporting = useExportList('customers');
  const { show: jobs } = useFrame();
  const rows = list.rows ?? [];
  const order = useMemo(() => (list.rows ?? []).map(({ id }) => id), [list.rows]);
  const selection = useSelection(order, `${url.q}\n${url.filter}`);
  const choosing = selection.ids.size > 0; // then the one primary action is what is done to them
  const phone = useIsPhone();
  const at = rows.findIndex(({ id }) => id === url.open);
  const step = (by: number) => {
    const next = at < 0 ? undefined : rows[at + by];
    return next ? () => setUrl({ open: next.id }, { replace: true }) : undefined;
  };
  const show = (view: View | undefined) => setUrl({ ...openView(view, columns, table), open: '' });
  const now = viewOf(url, columns, table);
  const narrowed = url.q !== '' || url.filter !== '';
  const empty = narrowed ? (
    <EmptyState drawing="search" title={url.q ? t('customers.noneFound.title', { q: url.q }) : t('customers.noneFound.filtered')} why={t('customers.noneFound.why')} action={<Button variant="default" onClick={() => setUrl({ q: '', filter: '' })}>{t('customers.noneFound.action')}</Button>} />
  ) : (
    <EmptyState drawing="people" title={t('customers.empty.title')} why={t('customers.empty.why')} action={<Button variant="default" component={Link} to="/imports/new?kind=customers">{t('customers.empty.action')}</Button>} />
  );
  return (
    <ListPage
      title={t('customers.title')} count={list.total}
      action={choosing && phone ? undefined : <Button variant={choosing ? 'default' : undefined} leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setUrl({ new: 'yes' })}>{t('customers.add')}</Button>}
      views={<Views views={views} open={url.view} all={t('customers.views.all')} onOpen={show} onRemove={remove.mutateAsync}
        onSave={(id, name, shared) => save.mutateAsync({ ...(id === undefined ? {} : { id }), body: { ...now, subject: 'customers', name, shared } })} />}
      bulk={<BulkBar selection={selection} loaded={order.length} total={list.total}><BulkActions selection={selection} total={list.total} asked={asked} /></BulkBar>}
      panel={url.open ? <CustomerPanel key={url.open} id={url.open} known={rows[at]} startEditing={editing === url.open} onClose={() => setUrl({ open: '' })} onPrevious={step(-1)} onNext={step(1)} /> : null}
    >
      {url.by ? <Groups fields={fields} path={pathOf(url.by)} label={(field) => t('customers.groups.by', { field })} counted={groups.data} trouble={groups.error ? problemOf(groups.error) : null} onRetry={() => void groups.refetch()}
        onNarrow={(leaf) => setUrl({ filter: writeFilter([...parseFilter(url.filter), leaf]), by: '' })} /> : null}
      <DataTable id="customers" label={t('customers.title')} columns={columns} rowId={({ id }) => id} rowName={nameOf} {...list} openId={url.open} selection={selection}
        sort={url.sort || '-createdAt'} onSort={(sort) => setUrl({ sort: sort === '-createdAt' ? '' : sort })}
        onOpen={(row) => { setEditing(''); setUrl({ open: row?.id ?? '' }); }} onEdit={({ id }) => { setEditing(id); setUrl({ open: id }); }} empty={empty}
        filters={(
          <ListBar fields={fields} home="customer" first="customer.address.region" search={t('customers.search')} countable={countable} now={url} onChange={setUrl}>
            <ExportMenu disabled={rows.length === 0} loading={exporting.isPending} onExport={(format) => exporting.mutate({ ...asked, format }, { onSuccess: () => jobs('jobs') })} />
          </ListBar>
        )} />
      {url.new ? <CreateCustomer onClose={() => setUrl({ new: '' }, { replace: true })} onCreated={(id) => setUrl({ new: '', open: id }, { replace: true })} /> : null}
    </ListPage>
  );
}
