import { useTranslation } from 'react-i18next';
import { ToneShape } from '@/ui/StateBadge';
import { grantedChannels } from './customer';
import classes from './Customers.module.css';
import type { Customer } from './queries';

/** The channels over which this person may get advertising, in words; `alone` when no heading says what it is about. */
export function ConsentMarks({ customer, alone = false }: { customer: Customer; alone?: boolean }) {
  const { t } = useTranslation();
  const granted = grantedChannels(customer);
  if (granted.length === 0) return <span className={classes.faint}>{alone ? t('customers.consent.noneLong') : t('customers.consent.noneShort')}</span>;
  return <span className={classes.marks}><ToneShape tone="good" />{granted.map((channel) => t(`customers.channel.${channel}`)).join(' · ')}</span>;
}
