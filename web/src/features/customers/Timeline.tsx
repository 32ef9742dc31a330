import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '@/ui/ErrorState';
import { PageSkeleton } from '@/ui/PageSkeleton';
import { useUrlState } from '@/ui/useUrlState';
import { ViewTabs } from '@/ui/ViewTabs';
import { filters, matches } from './entry';
import { NoteBox } from './NoteBox';
import { useTimeline } from './queries';
import classes from './Timeline.module.css';
import { TimelineLine } from './TimelineLine';

const defaults = { show: 'all' };
/** A narrowed timeline reads on by itself until it has something to show, but not through years of history. */
const wanted = 8;
const readOnUntil = 300;

/** Everything that happened to one customer, newest first. */
export function Timeline({ id, archived }: { id: string; archived: boolean }) {
  const { t } = useTranslation();
  const [url, setUrl] = useUrlState(defaults);
  const { rows, more, trouble, onRetry } = useTimeline(id);
  const filter = filters.find((each) => each === url.show) ?? 'all';
  const shown = (rows ?? []).filter((entry) => matches(entry, filter));
  const { has, loading, load } = more;
  const readOn = filter !== 'all' && has && !loading && !trouble && shown.length < wanted && (rows?.length ?? 0) < readOnUntil;
  useEffect(() => { if (readOn) load(); }, [readOn, load]);

  return (
    <section aria-label={t('customers.timeline.title')}>
      {archived ? null : <NoteBox id={id} />}
      <ViewTabs label={t('customers.timeline.filters')} views={filters.map((each) => ({ id: each, name: t(`customers.timeline.filter.${each}`) }))} value={filter} onChange={(show) => setUrl({ show }, { replace: true })} />
      {trouble ? <ErrorState inline={rows !== undefined} trouble={trouble} kept={rows ? t('ui.table.kept') : undefined} onRetry={onRetry} /> : null}
      {!rows && !trouble ? <PageSkeleton /> : null}
      <ol className={classes.list}>{shown.map((entry) => <TimelineLine key={`${entry.id}${entry.at}`} entry={entry} />)}</ol>
      {rows && shown.length === 0 && !has ? <p className={classes.none}>{t('customers.timeline.none')}</p> : null}
      {has ? <div className={classes.more}><Button variant="default" loading={loading} onClick={load}>{t('customers.timeline.earlier')}</Button></div> : null}
    </section>
  );
}
