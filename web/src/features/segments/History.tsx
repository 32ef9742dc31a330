import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { problemOf } from '@/api/problem';
import { useFrame } from '@/app/frame/useFrame';
import { EmptyState } from '@/ui/EmptyState';
import { Money, Quantity, When } from '@/ui/figures';
import { SaveCsv } from '@/ui/SaveCsv';
import { Section } from '@/ui/Section';
import type { Column } from '@/ui/table/column';
import { DataTable } from '@/ui/table/DataTable';
import { Truncate } from '@/ui/Truncate';
import classes from './History.module.css';
import { useChanges, useHistory, useRebuildSegment, type Change, type SegmentDay } from './queries';
import { SizeChart } from './SizeChart';

const nameOf = ({ customer, customerId }: Change) => customer?.name ?? customerId;

/** Size and value day by day, and who entered and left of late. */
export default function History({ id, name, live }: { id: string; name: string; live: boolean }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { show } = useFrame();
  const history = useHistory(id);
  const rebuild = useRebuildSegment(id);
  const days = useMemo(() => history.data ?? [], [history.data]);
  const latest = useMemo(() => [...days].reverse(), [days]);
  const columns = useMemo<readonly Column<SegmentDay>[]>(() => [
    { id: 'day', header: t('segments.history.day'), width: 'normal', cell: ({ day }) => <time dateTime={day}>{day}</time> },
    { id: 'count', header: t('segments.history.count'), align: 'end', cell: ({ count }) => (count === undefined ? null : <Quantity value={count} />) },
    { id: 'value', header: t('segments.history.value'), align: 'end', optional: true, cell: ({ value }) => (value?.[0] ? <Money value={value[0]} /> : null) },
    { id: 'entered', header: t('segments.history.entered'), align: 'end', cell: ({ entered }) => <Quantity value={entered} /> },
    { id: 'left', header: t('segments.history.left'), align: 'end', cell: ({ left }) => <Quantity value={left} /> },
  ], [t]);
  const again = <Button variant="default" size="compact-sm" loading={rebuild.isPending} onClick={() => rebuild.mutate(undefined, { onSuccess: () => show('jobs') })}>{t('segments.history.rebuild')}</Button>;
  const rows = () => [[t('segments.history.day'), t('segments.history.count'), t('segments.history.value'), t('segments.history.currency'), t('segments.history.entered'), t('segments.history.left')],
    ...days.map(({ day, count, value, entered, left }) => [day, String(count ?? ''), value?.[0]?.amount ?? '', value?.[0]?.currency ?? '', String(entered), String(left)])];
  return (
    <div className={classes.root}>
      <Section title={t('segments.history.size')} action={<div className={classes.actions}>{days.length > 0 ? <SaveCsv name={t('segments.history.file', { name })} rows={rows} /> : null}{again}</div>}>
        <SizeChart days={days} />
        <DataTable id="segment-days" label={t('segments.history.label', { name })} columns={columns} rows={history.isPending ? undefined : latest} rowId={({ day }) => day} rowName={({ day }) => day}
          onOpen={(day) => { if (day) void navigate(`/segments/${id}?tab=members&asOf=${day.day}`); }}
          trouble={history.error ? problemOf(history.error) : undefined} onRetry={() => void history.refetch()}
          empty={<EmptyState drawing="people" title={t('segments.history.none')} why={t('segments.history.noneWhy')} />} />
      </Section>
      {live ? <Section title={t('segments.changes.title')}><Changes id={id} name={name} /></Section> : null}
    </div>
  );
}

function Changes({ id, name }: { id: string; name: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const list = useChanges(id);
  const columns = useMemo<readonly Column<Change>[]>(() => [
    { id: 'name', header: t('segments.member.name'), width: 'normal', cell: (change) => <Truncate>{nameOf(change)}</Truncate> },
    { id: 'type', header: t('segments.changes.type'), cell: ({ type }) => t(`segments.changes.${type}`) },
    { id: 'at', header: t('segments.changes.at'), align: 'end', cell: ({ at }) => <When at={at} /> },
  ], [t]);
  return (
    <DataTable id="segment-changes" label={t('segments.changes.label', { name })} columns={columns} rows={list.rows} rowId={(change) => change.customerId + change.type + change.at} rowName={nameOf} total={list.total}
      onOpen={(change) => { if (change?.customer) void navigate(`/customers/${change.customerId}`); }} trouble={list.trouble} onRetry={list.onRetry} more={list.more}
      empty={<EmptyState drawing="people" title={t('segments.changes.none')} why={t('segments.changes.noneWhy')} />} />
  );
}
