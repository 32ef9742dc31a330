import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { When } from '@/ui/figures';
import { Section } from '@/ui/Section';
import { StateBadge, type Tone } from '@/ui/StateBadge';
import { channels, consentOf, type Channel, type ConsentState } from './customer';
import { ConsentHistory } from './ConsentHistory';
import classes from './Customers.module.css';
import type { Customer } from './queries';
import { RecordConsent } from './RecordConsent';

const tones: Record<ConsentState, Tone> = { granted: 'good', withdrawn: 'bad', silent: 'neutral' };
const usual: readonly Channel[] = ['email', 'sms'];

/** What the person said last about advertising, channel by channel; the ledger below keeps every word. */
export function Consents({ customer }: { customer: Customer }) {
  const { t } = useTranslation();
  const [recording, setRecording] = useState(false);
  const shown = channels.filter((channel) => usual.includes(channel) || consentOf(customer, channel).state !== 'silent');
  return (
    <Section title={t('customers.consent.advertising')} action={customer.archivedAt ? null : <Button variant="default" size="compact-sm" onClick={() => setRecording(true)}>{t('customers.consent.record')}</Button>}>
      <ul className={classes.consents}>
        {shown.map((channel) => {
          const { state, since } = consentOf(customer, channel);
          return (
            <li key={channel}>
              <span>{t(`customers.channel.${channel}`)}</span>
              <StateBadge tone={tones[state]}>{t(`customers.consent.state.${state}`)}</StateBadge>
              <span className={classes.since}>{since ? <When at={since} /> : null}</span>
            </li>
          );
        })}
      </ul>
      <ConsentHistory id={customer.id} />
      {recording ? <RecordConsent customer={customer} onClose={() => setRecording(false)} /> : null}
    </Section>
  );
}
