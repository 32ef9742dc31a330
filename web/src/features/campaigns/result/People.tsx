import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { formatNumber } from '@/lib/format';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { problemOf } from '@/api/problem';
import { When } from '@/ui/figures';
import { StateBadge, type Tone } from '@/ui/StateBadge';
import type { Column } from '@/ui/table/column';
import { DataTable } from '@/ui/table/DataTable';
import { Truncate } from '@/ui/Truncate';
import { useLanguage } from '@/ui/useLanguage';
import { useUrlState } from '@/ui/useUrlState';
import { ViewTabs } from '@/ui/ViewTabs';
import { useMessages, useRetryFailed, type Message, type Report, type State } from '../queries';
import { places } from './places';
import classes from './Result.module.css';

const states = ['', 'accepted', 'skipped', 'failed', 'uncertain', 'planned', 'canceled'] as const;
const tones: Record<State, Tone> = { planned: 'neutral', sending: 'attention', accepted: 'good', skipped: 'neutral', failed: 'bad', uncertain: 'attention', canceled: 'neutral' };
const retryable = ['refused', 'renderFailed', 'attemptsExhausted'];

/** One outcome per receiver, by state. */
export function People({ report, id }: { report: Report; id: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const navigate = useNavigate();
  const [{ people }, setPlace] = useUrlState(places);
  const state = states.find((each) => each === people) ?? '';
  const list = useMessages(id, state);
  const retry = useRetryFailed(id);
  const again = Object.entries(report.failedBy).reduce((sum, [reason, count]) => (retryable.includes(reason) ? sum + count : sum), 0);
  const nameOf = (message: Message) => message.customerName ?? message.address ?? t('campaigns.people.nameless');
  const columns = useMemo<readonly Column<Message>[]>(() => [
    { id: 'name', header: t('campaigns.people.name'), cell: (message) => <Truncate>{message.customerName ?? message.address ?? t('campaigns.people.nameless')}</Truncate> },
    { id: 'address', header: t('campaigns.people.address'), phone: 'hide', optional: true, cell: ({ address }) => <Truncate>{address}</Truncate> },
    { id: 'state', header: t('campaigns.people.state'), width: 'narrow', phone: 'aside', cell: (message) => <StateBadge tone={tones[message.state]}>{t(`campaigns.state.${message.state}`)}</StateBadge> },
    { id: 'outcome', header: t('campaigns.people.outcome'), width: 'normal', cell: (message) => <Truncate>{outcomeOf(message, t)}</Truncate> },
    { id: 'at', header: t('campaigns.people.at'), width: 'narrow', align: 'end', phone: 'hide', optional: true, cell: ({ acceptedAt, plannedAt }) => <When at={acceptedAt ?? plannedAt} /> },
  ], [t]);
  return (
    <div className={classes.people}>
      <ViewTabs label={t('campaigns.people.state')} value={state} onChange={(next) => setPlace({ people: next })} views={states.map((each) => ({ id: each, name: each === '' ? t('campaigns.people.all') : t(`campaigns.state.${each}`) }))} />
      {retry.error ? <ErrorState inline trouble={problemOf(retry.error)} /> : null}
      <DataTable id="messages" label={t('campaigns.result.people')} columns={columns} rows={list.rows} rowId={(message) => message.id} rowName={nameOf} total={list.total}
        filters={again > 0 && report.status !== 'canceled' ? <Button size="compact-sm" variant="default" loading={retry.isPending} onClick={() => retry.mutate()}>{t('campaigns.retry', { count: again, shown: formatNumber(again, language) })}</Button> : null}
        onOpen={(message) => { if (message) void navigate(`/customers/${message.customerId}`); }} trouble={list.trouble} onRetry={list.onRetry} more={list.more}
        empty={<EmptyState drawing="people" title={t('campaigns.people.none')} why={t('campaigns.people.noneWhy')} />} />
    </div>
  );
}

/** The furthest thing that became of a message: a reason, or the last response. */
function outcomeOf(message: Message, t: (key: string) => string): string {
  if (message.reason) return t(`campaigns.reason.${message.reason}`);
  const furthest = ([['complainedAt', 'complained'], ['unsubscribedAt', 'unsubscribed'], ['bouncedAt', 'bounced'], ['boughtAt', 'bought'], ['clickedAt', 'clicked'], ['openedAt', 'opened'], ['deliveredAt', 'delivered']] as const).find(([at]) => message[at]);
  return furthest ? t(`campaigns.response.${furthest[1]}`) : '';
}
