import { useTranslation } from 'react-i18next';
import { ErrorState } from '@/ui/ErrorState';
import { useTimeline } from './queries';
import classes from './Timeline.module.css';
import { TimelineLine } from './TimelineLine';

const shown = 4;

/** The last few things, for the side panel; the whole story is on the page. */
export function Recent({ id }: { id: string }) {
  const { t } = useTranslation();
  const { rows, trouble, onRetry } = useTimeline(id);
  if (trouble) return <ErrorState inline trouble={trouble} onRetry={onRetry} />;
  if (rows?.length === 0) return <p className={classes.none}>{t('customers.timeline.none')}</p>;
  return <ol className={classes.list} aria-busy={rows === undefined}>{(rows ?? []).slice(0, shown).map((entry) => <TimelineLine key={`${entry.id}${entry.at}`} entry={entry} />)}</ol>;
}
