import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { EmptyState } from '@/ui/EmptyState';
import { When } from '@/ui/figures';
import { ListPage } from '@/ui/ListPage';
import type { Column } from '@/ui/table/column';
import { DataTable } from '@/ui/table/DataTable';
import { Truncate } from '@/ui/Truncate';
import { NewTemplate } from './NewTemplate';
import { useTemplates, type TemplateRow } from './queries';

export default function TemplatesPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const list = useTemplates();
  const [making, setMaking] = useState(false);
  const columns = useMemo<readonly Column<TemplateRow>[]>(() => [
    { id: 'name', header: t('templates.column.name'), cell: ({ name }) => <Truncate>{name}</Truncate> },
    { id: 'subject', header: t('templates.column.subject'), cell: ({ subject }) => <Truncate>{subject}</Truncate> },
    { id: 'updatedAt', header: t('templates.column.updatedAt'), width: 'narrow', align: 'end', phone: 'aside', cell: ({ updatedAt }) => <When at={updatedAt} /> },
  ], [t]);
  return (
    <ListPage title={t('templates.title')} count={list.total} action={<Button onClick={() => setMaking(true)}>{t('templates.new.open')}</Button>}>
      <DataTable id="templates" label={t('templates.title')} columns={columns} rows={list.rows} rowId={({ id }) => id} rowName={({ name }) => name} total={list.total}
        onOpen={(template) => { if (template) void navigate(`/templates/${template.id}`); }} trouble={list.trouble} onRetry={list.onRetry} more={list.more}
        empty={<EmptyState drawing="letter" title={t('templates.empty.title')} why={t('templates.empty.why')} action={<Button variant="default" onClick={() => setMaking(true)}>{t('templates.empty.action')}</Button>} />} />
      {making ? <NewTemplate onClose={() => setMaking(false)} /> : null}
    </ListPage>
  );
}
