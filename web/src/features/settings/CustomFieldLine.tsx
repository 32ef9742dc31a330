import { ActionIcon, Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { labelIn, type CustomField } from '@/api/customFields';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { IconDown, IconUp } from '@/ui/icons';
import { StateBadge } from '@/ui/StateBadge';
import { Truncate } from '@/ui/Truncate';
import { useLanguage } from '@/ui/useLanguage';
import { types } from './customField';
import { useArchiveField, useChangeField } from './customFieldQueries';
import classes from './Settings.module.css';

interface Props { field: CustomField; first?: boolean; last?: boolean; busy?: boolean; onEdit: () => void; onMove?: (by: -1 | 1) => void }

export function CustomFieldLine({ field, first, last, busy, onEdit, onMove }: Props) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const archive = useArchiveField();
  const change = useChangeField();
  const name = labelIn(field.label, useLanguage());
  const type = types.find((each) => each === field.type) ?? 'text';
  return (
    <li className={`${classes.key} ${classes.fieldLine}`}>
      <div className={classes.keyWords}>
        <p className={classes.keyName}>
          <Truncate><strong>{name}</strong></Truncate>
          {field.required ? <StateBadge tone="neutral">{t('settings.fields.required')}</StateBadge> : null}
          {field.unique ? <StateBadge tone="neutral">{t('settings.fields.unique')}</StateBadge> : null}
          {field.archived ? <StateBadge tone="neutral">{t('settings.fields.archived')}</StateBadge> : null}
        </p>
        <p className={classes.help}><Truncate>{t(`settings.fields.type.${type}`)} · <code>{field.key}</code></Truncate></p>
      </div>
      <div className={classes.fieldActions}>
        {onMove ? <ActionIcon variant="subtle" color="gray" disabled={first || busy} aria-label={t('settings.fields.up', { name })} onClick={() => onMove(-1)}><IconUp size={16} /></ActionIcon> : null}
        {onMove ? <ActionIcon variant="subtle" color="gray" disabled={last || busy} aria-label={t('settings.fields.down', { name })} onClick={() => onMove(1)}><IconDown size={16} /></ActionIcon> : null}
        <Button variant="subtle" color="gray" size="compact-sm" aria-label={t('settings.fields.editNamed', { name })} onClick={onEdit}>{t('settings.fields.edit')}</Button>
        {field.archived
          ? <Button variant="subtle" color="gray" size="compact-sm" loading={change.isPending} aria-label={t('settings.fields.restoreNamed', { name })} onClick={() => change.mutate({ key: field.key, body: { archived: false } })}>{t('settings.fields.restore')}</Button>
          : <Button variant="subtle" color="gray" size="compact-sm" aria-label={t('settings.fields.archiveNamed', { name })} onClick={() => setAsking(true)}>{t('settings.fields.archive')}</Button>}
      </div>
      <ConfirmDialog opened={asking} title={t('settings.fields.archiveTitle', { name })} confirm={t('settings.fields.archiveNow')} onConfirm={() => archive.mutateAsync(field.key)} onClose={() => setAsking(false)}>{t('settings.fields.archiveWhy')}</ConfirmDialog>
    </li>
  );
}
