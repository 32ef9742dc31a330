import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCustomFields, type CustomField } from '@/api/customFields';
import { problemOf } from '@/api/problem';
import { ErrorState } from '@/ui/ErrorState';
import { Section } from '@/ui/Section';
import { useUrlState } from '@/ui/useUrlState';
import { moved } from './customField';
import { CustomFieldLine } from './CustomFieldLine';
import { useOrderFields } from './customFieldQueries';
import { EditCustomField } from './EditCustomField';
import classes from './Settings.module.css';

/** A customer's page leads here with a key that has no definition, and the type that its value seems to have. */
const defaults = { define: '', type: '' };

/** The workspace's own fields of customers, in the order in which screens show them. */
export function CustomFieldList() {
  const { t } = useTranslation();
  const { data, error, refetch } = useCustomFields();
  const order = useOrderFields();
  const [editing, setEditing] = useState<CustomField | 'new'>();
  const [showArchived, setShowArchived] = useState(false);
  const [asked, setAsked] = useUrlState(defaults);
  const fields = data?.data.data ?? [];
  const live = fields.filter(({ archived }) => !archived);
  const archived = fields.filter((field) => field.archived);
  const trouble = error ?? order.error;
  const close = () => {
    setEditing(undefined);
    if (asked.define) setAsked(defaults, { replace: true });
  };

  return (
    <Section title={t('settings.fields.title')} action={<Button variant="default" size="compact-sm" disabled={!data} onClick={() => setEditing('new')}>{t('settings.fields.create')}</Button>}>
      <p className={classes.help}>{t('settings.fields.why')}</p>
      {trouble ? <ErrorState inline trouble={problemOf(trouble)} onRetry={() => void refetch()} /> : null}
      {data && live.length === 0 ? <p className={classes.none}>{t('settings.fields.none')}</p> : null}
      <ul className={classes.list} aria-busy={!data && !error}>
        {live.map((field, i) => (
          <CustomFieldLine key={field.key} field={field} first={i === 0} last={i === live.length - 1} busy={order.isPending}
            onEdit={() => setEditing(field)} onMove={(by) => order.mutate(moved(fields, field.key, by))} />
        ))}
        {showArchived ? archived.map((field) => <CustomFieldLine key={field.key} field={field} onEdit={() => setEditing(field)} />) : null}
      </ul>
      {archived.length > 0 ? <Button variant="subtle" color="gray" size="compact-sm" aria-expanded={showArchived} onClick={() => setShowArchived(!showArchived)}>{showArchived ? t('settings.fields.hideArchived') : t('settings.fields.showArchived', { count: archived.length })}</Button> : null}
      {data && (editing || asked.define) ? <EditCustomField field={editing === 'new' ? undefined : editing} start={asked} taken={fields.map(({ key }) => key)} onClose={close} /> : null}
    </Section>
  );
}
