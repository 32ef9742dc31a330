import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { EmptyState } from '@/ui/EmptyState';
import { IconPlus } from '@/ui/icons';
import { ListPage } from '@/ui/ListPage';
import { DataTable } from '@/ui/table/DataTable';
import { importColumns } from './columns';
import { useImports } from './queries';

export default function ImportsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const list = useImports();
  const columns = useMemo(() => importColumns(t), [t]);
  return (
    <ListPage title={t('imports.title')} count={list.total} action={<Button component={Link} to="/imports/new" leftSection={<IconPlus size={16} aria-hidden />}>{t('imports.start')}</Button>}>
      <DataTable id="imports" label={t('imports.title')} columns={columns} rowId={({ id }) => id} rowName={({ fileName }) => fileName} {...list}
        onOpen={(row) => { if (row) void navigate(`/imports/${row.id}`); }}
        empty={<EmptyState drawing="file" title={t('imports.empty.title')} why={t('imports.empty.why')} action={<Button variant="default" component={Link} to="/imports/new">{t('imports.start')}</Button>} />} />
    </ListPage>
  );
}
