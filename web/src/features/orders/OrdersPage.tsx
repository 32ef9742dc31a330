import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useExportList } from '@/api/exports';
import { useListFields } from '@/api/listFields';
import { problemOf } from '@/api/problem';
import { useRemoveView, useSaveView, useViews, type View } from '@/api/views';
import { useFrame } from '@/app/frame/useFrame';
import { EmptyState } from '@/ui/EmptyState';
import { ExportMenu } from '@/ui/list/ExportMenu';
import { parseFilter, pathOf, writeFilter } from '@/ui/list/filter';
import { Groups } from '@/ui/list/Groups';
import { ListBar } from '@/ui/list/ListBar';
import { openView, viewOf } from '@/ui/list/viewOf';
import { Views } from '@/ui/list/Views';
import { ListPage } from '@/ui/ListPage';
import { DataTable } from '@/ui/table/DataTable';
import { useTableView } from '@/ui/table/useTableView';
import { useUrlState } from '@/ui/useUrlState';
import { orderColumns } from './columns';
import { buyerOf } from './order';
import { OrderPanel } from './OrderPanel';
import { useGroups, useOrders } from './queries';

const defaults = { q: '', filter: '', sort: '', by: '', view: '', open: '' };

/** Fields by which orders are counted: neither amounts nor what every order has of its own. */
const single = new Set(['order.id', 'order.externalId', 'order.customerId', 'order.createdAt']);
const countable = ({ path, type }: { path: string; type: string }) => type !== 'money' && !single.has(path);

export default function OrdersPage() {
  const { t } = useTranslation();
  const [url, setUrl] = useUrlState(defaults);
  const known = useListFields().data;
  const fields = useMemo(() => [...(known?.orders ?? []), ...(known?.customers ?? [])], [known]);
  const views = useViews('orders').data ?? [];
  const save = useSaveView('orders');
  const remove = useRemoveView('orders');
  const asked = useMemo(() => ({ q: url.q, filter: url.filter, sort: url.sort }), [url.q, url.filter, url.sort]);
  const list = useOrders(asked);
  const groups = useGroups(asked, url.by);
  const columns = useMemo(() => orderColumns(t), [t]);
  const table = useTableView('orders');
  const exporting = useExportList('orders');
  const { show: jobs } = useFrame();
  const rows = list.rows ?? [];
  const at = rows.findIndex(({ id }) => id === url.open);
  const open = rows[at];
  const step = (by: number) => {
    const next = at < 0 ? undefined : rows[at + by];
    return next ? () => setUrl({ open: next.id }, { replace: true }) : undefined;
  };
  const show = (view: View | undefined) => setUrl({ ...openView(view, columns, table), open: '' });
  const now = { subject: 'orders' as const, ...viewOf(url, columns, table) };
  const narrowed = url.q !== '' || url.filter !== '';
  const empty = narrowed ? (
    <EmptyState drawing="search" title={t('orders.noneFound')} why={t('customers.noneFound.why')} action={<Button variant="default" onClick={() => setUrl({ q: '', filter: '' })}>{t('orders.all')}</Button>} />
  ) : (
    <EmptyState drawing="shop" title={t('orders.empty.title')} why={t('orders.empty.why')} action={<Button variant="default" component={Link} to="/imports/new?kind=orders">{t('orders.empty.action')}</Button>} />
  );
  return (
    <ListPage
      title={t('frame.place.orders')} count={list.total}
      views={<Views views={views} open={url.view} all={t('orders.all')} onOpen={show} onRemove={remove.mutateAsync} onSave={(id, name, shared) => save.mutateAsync({ ...(id === undefined ? {} : { id }), body: { ...now, name, shared } })} />}
      panel={open ? <OrderPanel key={open.id} order={open} onClose={() => setUrl({ open: '' })} onPrevious={step(-1)} onNext={step(1)} /> : null}
    >
      {url.by ? <Groups fields={fields} path={pathOf(url.by, 'order')} label={(field) => t('orders.groups', { field })} counted={groups.data} trouble={groups.error ? problemOf(groups.error) : null} onRetry={() => void groups.refetch()}
        onNarrow={(leaf) => setUrl({ filter: writeFilter([...parseFilter(url.filter, 'order'), leaf], 'order'), by: '' })} /> : null}
      <DataTable id="orders" label={t('frame.place.orders')} columns={columns} rowId={({ id }) => id} rowName={(order) => buyerOf(order) || order.id} {...list} openId={url.open}
        sort={url.sort || '-orderedAt'} onSort={(sort) => setUrl({ sort: sort === '-orderedAt' ? '' : sort })} onOpen={(row) => setUrl({ open: row?.id ?? '' })} empty={empty}
        filters={(
          <ListBar fields={fields} home="order" first="order.orderedAt" search={t('orders.search')} countable={countable} now={url} onChange={setUrl}>
            <ExportMenu disabled={rows.length === 0} loading={exporting.isPending} onExport={(format) => exporting.mutate({ ...asked, format }, { onSuccess: () => jobs('jobs') })} />
          </ListBar>
        )} />
    </ListPage>
  );
}
