import { When } from '@/ui/figures';
import { IconCampaigns, IconCheck, IconCustomers, IconImports, IconNote, IconOrder, type Icon } from '@/ui/icons';
import { groupOf, type Filter } from './entry';
import { EntryWords } from './EntryWords';
import type { Entry } from './queries';
import classes from './Timeline.module.css';

const icons: Record<Filter, Icon> = { all: IconCustomers, orders: IconOrder, messages: IconCampaigns, notes: IconNote, consents: IconCheck, changes: IconCustomers };

export function TimelineLine({ entry }: { entry: Entry }) {
  const group = groupOf(entry.type);
  const EntryIcon = entry.type === 'imported' ? IconImports : icons[group];
  return (
    <li className={classes.line} data-group={group}>
      <span className={classes.icon}><EntryIcon size={16} stroke={1.7} aria-hidden /></span>
      <div className={classes.words}><EntryWords entry={entry} /></div>
      <span className={classes.when}><When at={entry.at} /></span>
    </li>
  );
}
