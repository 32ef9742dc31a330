import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/ui/EmptyState';
import { IconPlus } from '@/ui/icons';
import { ListPage } from '@/ui/ListPage';
import { DataTable } from '@/ui/table/DataTable';
import { useUrlState } from '@/ui/useUrlState';
import { leadColumns } from './columns';
import { CreateLead } from './CreateLead';
import { nameOf } from './lead';
import { LeadPanel } from './LeadPanel';
import { useLeads } from './queries';

const defaults = { open: '', new: '' };

export default function LeadsPage() {
  const { t } = useTranslation();
  const [url, setUrl] = useUrlState(defaults);
  const list = useLeads();
  const columns = useMemo(() => leadColumns(t), [t]);
  const rows = list.rows ?? [];
  const at = rows.findIndex(({ id }) => id === url.open);
  const step = (by: number) => {
    const next = at < 0 ? undefined : rows[at + by];
    return next ? () => setUrl({ open: next.id }, { replace: true }) : undefined;
  };
  const add = () => setUrl({ new: 'yes' });
  return (
    <ListPage
      title={t('leads.title')} count={list.total} action={<Button leftSection={<IconPlus size={16} aria-hidden />} onClick={add}>{t('leads.add')}</Button>}
      panel={url.open ? <LeadPanel key={url.open} id={url.open} known={rows[at]} onClose={() => setUrl({ open: '' })} onPrevious={step(-1)} onNext={step(1)} /> : null}
    >
      <DataTable id="leads" label={t('leads.title')} columns={columns} rowId={({ id }) => id} rowName={nameOf} {...list} openId={url.open} onOpen={(row) => setUrl({ open: row?.id ?? '' })}
        empty={<EmptyState drawing="people" title={t('leads.empty.title')} why={t('leads.empty.why')} action={<Button variant="default" onClick={add}>{t('leads.add')}</Button>} />} />
      {url.new ? <CreateLead onClose={() => setUrl({ new: '' }, { replace: true })} onCreated={(id) => setUrl({ new: '', open: id }, { replace: true })} /> : null}
    </ListPage>
  );
}
