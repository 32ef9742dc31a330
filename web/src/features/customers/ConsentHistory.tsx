import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '@/ui/ErrorState';
import { When } from '@/ui/figures';
import { channels, purposes } from './customer';
import classes from './Customers.module.css';
import { useConsents } from './queries';
import { Source } from './Source';

/** Every statement with its source and wording, read only when somebody asks. */
export function ConsentHistory({ id }: { id: string }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  return (
    <details className={classes.ledger} open={opened} onToggle={({ currentTarget }) => setOpened(currentTarget.open)}>
      <summary>{t('customers.consent.history')}</summary>
      {opened ? <Ledger id={id} /> : null}
    </details>
  );
}

function Ledger({ id }: { id: string }) {
  const { t } = useTranslation();
  const { rows, more, trouble, onRetry } = useConsents(id);
  if (trouble) return <ErrorState inline trouble={trouble} onRetry={onRetry} />;
  if (rows?.length === 0) return <p className={classes.faint}>{t('customers.consent.never')}</p>;
  return (
    <>
      <ol>
        {(rows ?? []).map((said) => {
          const channel = channels.find((each) => each === said.channel) ?? 'email';
          const purpose = purposes.find((each) => each === said.purpose) ?? 'marketing';
          const words = { channel: t(`customers.channel.${channel}`), purpose: t(`customers.purpose.${purpose}`) };
          return (
            <li key={said.id}>
              <p>{said.state === 'granted' ? t('customers.timeline.granted', words) : t('customers.timeline.withdrawn', words)} <span className={classes.faint}><When at={said.at} /></span></p>
              {said.source ? <p className={classes.faint}><Source source={said.source} /></p> : null}
              {said.wording ? <blockquote>{said.wording}</blockquote> : null}
            </li>
          );
        })}
      </ol>
      {more.has ? <Button variant="default" size="compact-sm" loading={more.loading} onClick={more.load}>{t('ui.table.more')}</Button> : null}
    </>
  );
}
