import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { When } from '@/ui/figures';
import { StateBadge } from '@/ui/StateBadge';
import { Truncate } from '@/ui/Truncate';
import { useDeleteApiKey, type ApiKey } from './queries';
import classes from './Settings.module.css';

export function ApiKeyLine({ apiKey }: { apiKey: ApiKey }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const remove = useDeleteApiKey();
  const { name, prefix, mode, scopes, createdAt, lastUsedAt, expiresAt } = apiKey;
  const expired = expiresAt !== undefined && new Date(expiresAt) < new Date();
  return (
    <li className={classes.key}>
      <div className={classes.keyWords}>
        <p className={classes.keyName}><Truncate><strong>{name}</strong></Truncate>{mode === 'test' ? <StateBadge tone="neutral">{t('settings.keys.test')}</StateBadge> : null}{expired ? <StateBadge tone="bad">{t('settings.keys.expired')}</StateBadge> : null}</p>
        <p className={classes.help}><code>{prefix}…</code> · {t('settings.keys.scopes', { count: scopes.length })} · {t('settings.keys.made')} <When at={createdAt} /> · {lastUsedAt ? <>{t('settings.keys.used')} <When at={lastUsedAt} /></> : t('settings.keys.unused')}{expiresAt ? <> · {t('settings.keys.until')} <When at={expiresAt} /></> : null}</p>
        <p className={classes.help}><Truncate>{scopes.join(', ')}</Truncate></p>
      </div>
      <Button variant="subtle" color="gray" c="var(--dg-bad)" size="compact-sm" onClick={() => setAsking(true)} aria-label={t('settings.keys.removeNamed', { name })}>{t('settings.keys.remove')}</Button>
      <ConfirmDialog opened={asking} danger title={t('settings.keys.removeTitle', { name })} confirm={t('settings.keys.removeNow')} onConfirm={() => remove.mutateAsync(apiKey.id)} onClose={() => setAsking(false)}>{t('settings.keys.removeWhy')}</ConfirmDialog>
    </li>
  );
}
