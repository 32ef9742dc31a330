import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { EmptyState } from '@/ui/EmptyState';
import { Money, Quantity, When } from '@/ui/figures';
import { ListPage } from '@/ui/ListPage';
import { StateBadge } from '@/ui/StateBadge';
import type { Column } from '@/ui/table/column';
import { DataTable } from '@/ui/table/DataTable';
import { Truncate } from '@/ui/Truncate';
import { useSegments, type Segment } from './queries';

export default function SegmentsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const list = useSegments();
  const columns = useMemo<readonly Column<Segment>[]>(() => [
    { id: 'name', header: t('segments.column.name'), cell: (segment) => <Truncate>{segment.name}</Truncate> },
    { id: 'description', header: t('segments.column.description'), phone: 'hide', optional: true, cell: (segment) => <Truncate>{segment.description}</Truncate> },
    { id: 'count', header: t('segments.column.count'), align: 'end', width: 'narrow', phone: 'aside', cell: ({ count }) => (count === undefined ? '–' : <Quantity value={count} unit="people" />) },
    { id: 'value', header: t('segments.column.value'), align: 'end', width: 'normal', cell: ({ value }) => (value?.[0] ? <Money value={value[0]} /> : '–') },
    { id: 'countedAt', header: t('segments.column.countedAt'), width: 'narrow', align: 'end', optional: true, phone: 'hide', cell: ({ countedAt }) => (countedAt ? <When at={countedAt} /> : '–') },
    { id: 'membership', header: t('segments.column.membership'), width: 'narrow', optional: true, phone: 'hide', cell: ({ membership }) => <StateBadge tone={membership === 'frozen' ? 'neutral' : 'good'}>{t(`segments.membership.${membership ?? 'live'}`)}</StateBadge> },
  ], [t]);
  const make = <Button component={Link} to="/segments/new">{t('segments.new')}</Button>;
  return (
    <ListPage title={t('segments.title')} count={list.total} action={make}>
      <DataTable id="segments" label={t('segments.title')} columns={columns} rows={list.rows} rowId={({ id }) => id} rowName={({ name }) => name} total={list.total}
        onOpen={(segment) => { if (segment) void navigate(`/segments/${segment.id}`); }} trouble={list.trouble} onRetry={list.onRetry} more={list.more}
        empty={<EmptyState drawing="people" title={t('segments.empty.title')} why={t('segments.empty.why')} action={<Button component={Link} to="/segments/new" variant="default">{t('segments.empty.action')}</Button>} />} />
    </ListPage>
  );
}
