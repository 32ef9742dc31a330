import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { guessOf, textOf } from '@/ui/custom/custom';
import { InlineField } from '@/ui/InlineField';
import classes from './Customers.module.css';

interface Props { name: string; value: unknown; disabled: boolean; onSave: (value: string | null) => Promise<unknown> }

/** A value whose key has no definition, as imports and programs leave them: it is changed here, taken out, or made a field of. */
export function FreeKey({ name, value, disabled, onSave }: Props) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const define = new URLSearchParams({ define: name, type: guessOf(value) });
  return (
    <div>
      <InlineField label={name} value={textOf(value)} disabled={disabled || typeof value !== 'string'} maxLength={2000} onSave={(text) => onSave(text === '' ? null : text)} />
      {disabled ? null : (
        <div className={classes.freeTools}>
          <Button component={Link} to={`/settings?${define.toString()}`} variant="subtle" color="gray" size="compact-sm" fw={400} aria-label={t('customers.free.defineNamed', { name })}>{t('customers.free.define')}</Button>
          <Button variant="subtle" color="gray" size="compact-sm" fw={400} aria-label={t('customers.free.removeNamed', { name })} onClick={() => setAsking(true)}>{t('customers.free.remove')}</Button>
          <ConfirmDialog opened={asking} danger title={t('customers.free.removeTitle', { name })} confirm={t('customers.free.removeNow')} onClose={() => setAsking(false)} onConfirm={() => onSave(null)}>
            {t('customers.free.removeWhy')}
          </ConfirmDialog>
        </div>
      )}
    </div>
  );
}
