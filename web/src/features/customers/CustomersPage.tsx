import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { EmptyState } from '@/ui/EmptyState';
import { IconPlus } from '@/ui/icons';
import { ListPage } from '@/ui/ListPage';
import { DataTable } from '@/ui/table/DataTable';
import { useUrlState } from '@/ui/useUrlState';
import { customerColumns } from './columns';
import { CreateCustomer } from './CreateCustomer';
import { nameOf } from './customer';
import { CustomerPanel } from './CustomerPanel';
import { useCustomers } from './queries';
import { SearchField } from '@/ui/SearchField';

const defaults = { q: '', open: '', new: '' };

export default function CustomersPage() {
  const { t } = useTranslation();
  const [url, setUrl] = useUrlState(defaults);
  const [editing, setEditing] = useState('');
  const list = useCustomers(url.q);
  const columns = useMemo(() => customerColumns(t), [t]);
  const rows = list.rows ?? [];
  const at = rows.findIndex(({ id }) => id === url.open);
  const step = (by: number) => {
    const next = at < 0 ? undefined : rows[at + by];
    return next ? () => setUrl({ open: next.id }, { replace: true }) : undefined;
  };
  const empty = url.q ? (
    <EmptyState drawing="search" title={t('customers.noneFound.title', { q: url.q })} why={t('customers.noneFound.why')} action={<Button variant="default" onClick={() => setUrl({ q: '' })}>{t('customers.noneFound.action')}</Button>} />
  ) : (
    <EmptyState drawing="people" title={t('customers.empty.title')} why={t('customers.empty.why')} action={<Button variant="default" component={Link} to="/imports/new?kind=customers">{t('customers.empty.action')}</Button>} />
  );
  return (
    <ListPage
      title={t('customers.title')} count={url.q ? undefined : list.total}
      action={<Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setUrl({ new: 'yes' })}>{t('customers.add')}</Button>}
      panel={url.open ? <CustomerPanel key={url.open} id={url.open} known={rows[at]} startEditing={editing === url.open} onClose={() => setUrl({ open: '' })} onPrevious={step(-1)} onNext={step(1)} /> : null}
    >
      <DataTable id="customers" label={t('customers.title')} columns={columns} rowId={({ id }) => id} rowName={nameOf} {...list} openId={url.open}
        onOpen={(row) => { setEditing(''); setUrl({ open: row?.id ?? '' }); }} onEdit={({ id }) => { setEditing(id); setUrl({ open: id }); }}
        filters={<SearchField label={t('customers.search')} value={url.q} onSearch={(q) => setUrl({ q }, { replace: true })} />} empty={empty} />
      {url.new ? <CreateCustomer onClose={() => setUrl({ new: '' }, { replace: true })} onCreated={(id) => setUrl({ new: '', open: id }, { replace: true })} /> : null}
    </ListPage>
  );
}
