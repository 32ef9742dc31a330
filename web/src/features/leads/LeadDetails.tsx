import { useTranslation } from 'react-i18next';
import { formatPhone } from '@/lib/phone';
import { InlineChoice } from '@/ui/InlineChoice';
import { InlineField } from '@/ui/InlineField';
import { settable, statusOf } from './lead';
import classes from './Leads.module.css';
import { Notes } from './Notes';
import { useChangeLead, type Lead } from './queries';

const texts = [{ id: 'name' }, { id: 'company' }, { id: 'phone', type: 'tel' }, { id: 'email', type: 'email' }, { id: 'source' }] as const;

/** The fields of a lead, edited where they stand; a converted one is closed. */
export function LeadDetails({ lead }: { lead: Lead }) {
  const { t } = useTranslation();
  const { mutateAsync: change } = useChangeLead(lead.id);
  const status = statusOf(lead.status);
  const closed = status === 'converted';
  return (
    <div className={classes.details}>
      {closed ? null : <InlineChoice label={t('leads.field.status')} value={status} onSave={(next) => change({ status: next })} options={settable.map((value) => ({ value, label: t(`leads.status.${value}`) }))} />}
      {texts.map((field) => {
        const value = lead[field.id] ?? '';
        return <InlineField key={field.id} label={t(`leads.field.${field.id}`)} type={'type' in field ? field.type : 'text'} value={value} shown={field.id === 'phone' ? formatPhone(value) : undefined} disabled={closed} onSave={(text) => change({ [field.id]: text === '' ? null : text })} />;
      })}
      <Notes key={lead.notes ?? ''} text={lead.notes ?? ''} disabled={closed} onSave={(notes) => change({ notes: notes === '' ? null : notes })} />
    </div>
  );
}
