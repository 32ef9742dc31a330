import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import { ErrorState } from '@/ui/ErrorState';
import { Section } from '@/ui/Section';
import { ApiKeyLine } from './ApiKeyLine';
import { CreateApiKey } from './CreateApiKey';
import { useApiKeys, type NewApiKey } from './queries';
import { ShowKey } from './ShowKey';
import classes from './Settings.module.css';

/** Credentials for programs. A key is shown once, when it is made. */
export function ApiKeys() {
  const { t } = useTranslation();
  const { data, error, refetch } = useApiKeys();
  const [creating, setCreating] = useState(false);
  const [made, setMade] = useState<NewApiKey>();
  return (
    <Section title={t('settings.keys.title')} action={<Button variant="default" size="compact-sm" onClick={() => setCreating(true)}>{t('settings.keys.create')}</Button>}>
      <p className={classes.help}>{t('settings.keys.why')}</p>
      {error ? <ErrorState inline trouble={problemOf(error)} onRetry={() => void refetch()} /> : null}
      {data?.length === 0 ? <p className={classes.none}>{t('settings.keys.none')}</p> : null}
      <ul className={classes.list} aria-busy={!data && !error}>{(data ?? []).map((each) => <ApiKeyLine key={each.id} apiKey={each} />)}</ul>
      {creating ? <CreateApiKey onClose={() => setCreating(false)} onCreated={(key) => { setCreating(false); setMade(key); }} /> : null}
      {made ? <ShowKey made={made} onClose={() => setMade(undefined)} /> : null}
    </Section>
  );
}
