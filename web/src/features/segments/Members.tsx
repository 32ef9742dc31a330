import { Button, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useFrame } from '@/app/frame/useFrame';
import { EmptyState } from '@/ui/EmptyState';
import { When } from '@/ui/figures';
import { IconDownload } from '@/ui/icons';
import type { Column } from '@/ui/table/column';
import { DataTable } from '@/ui/table/DataTable';
import { Truncate } from '@/ui/Truncate';
import { useUrlState } from '@/ui/useUrlState';
import { nameOf } from './builder/Sample';
import classes from './History.module.css';
import { useExportSegment, useMembers, type Member } from './queries';

const places = { asOf: '' };

export function Members({ id, name }: { id: string; name: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { show } = useFrame();
  const [{ asOf }, setPlace] = useUrlState(places);
  const list = useMembers(id, asOf);
  const exporting = useExportSegment();
  const columns = useMemo<readonly Column<Member>[]>(() => [
    { id: 'name', header: t('segments.member.name'), width: 'normal', cell: (person) => <Truncate>{nameOf(person)}</Truncate> },
    { id: 'email', header: t('segments.member.email'), width: 'wide', cell: ({ email }) => <Truncate>{email}</Truncate> },
    { id: 'phone', header: t('segments.member.phone'), phone: 'hide', optional: true, cell: ({ phone }) => <Truncate>{phone}</Truncate> },
    { id: 'region', header: t('segments.member.region'), optional: true, cell: ({ address }) => <Truncate>{address?.region}</Truncate> },
    { id: 'tags', header: t('segments.member.tags'), phone: 'hide', optional: true, cell: ({ tags }) => <Truncate>{tags?.join(', ')}</Truncate> },
    { id: 'createdAt', header: t('segments.member.createdAt'), align: 'end', phone: 'hide', optional: true, cell: ({ createdAt }) => <When at={createdAt} /> },
  ], [t]);
  const filters = (
    <div className={classes.asOf}>
      <TextInput type="date" size="xs" aria-label={t('segments.asOf.label')} title={t('segments.asOf.label')} value={asOf} onChange={({ currentTarget }) => setPlace({ asOf: currentTarget.value })} />
      {asOf ? <Button variant="subtle" size="compact-sm" onClick={() => setPlace({ asOf: '' })}>{t('segments.asOf.today')}</Button> : null}
      {asOf && list.basis ? <p className={classes.note}>{t(`segments.asOf.${list.basis}`)}</p> : null}
      {asOf ? null : (
        <Button variant="default" size="compact-sm" leftSection={<IconDownload size={16} aria-hidden />} loading={exporting.isPending}
        onClick={() => exporting.mutate({ id, format: 'csv' }, { onSuccess: () => show('jobs') })}>{t('segments.export')}</Button>
      )}
    </div>
  );
  return (
    <DataTable id="members" label={t('segments.member.label', { name })} columns={columns} rows={list.rows} rowId={(person) => person.id} rowName={nameOf} total={list.total} filters={filters}
      onOpen={(person) => { if (person) void navigate(`/customers/${person.id}`); }} trouble={list.trouble} onRetry={list.onRetry} more={list.more}
      empty={<EmptyState drawing="people" title={t('segments.member.none')} why={t('segments.member.noneWhy')} />} />
  );
}
