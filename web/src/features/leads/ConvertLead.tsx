import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { isProblem } from '@/api/problem';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { ToneShape } from '@/ui/StateBadge';
import { nameOf } from './lead';
import classes from './Leads.module.css';
import { useConvertLead, type Lead } from './queries';

/** The customer that a refused conversion names as already here. */
function holderOf(error: unknown): string | undefined {
  const candidates = isProblem(error) ? error.document.candidates : undefined;
  const first: unknown = Array.isArray(candidates) ? candidates[0] : undefined;
  return typeof first === 'object' && first !== null && 'id' in first && typeof first.id === 'string' ? first.id : undefined;
}

/** Makes the lead a customer and goes there; its source stays in the customer's timeline. */
export function ConvertLead({ lead }: { lead: Lead }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const convert = useConvertLead(lead.id);
  const holder = holderOf(convert.error);
  return (
    <div className={classes.convert}>
      <Button variant="default" onClick={() => setAsking(true)}>{t('leads.convert.action')}</Button>
      {holder ? <p className={classes.holder}><ToneShape tone="attention" /><span>{t('leads.convert.holder')} <Link to={`/customers/${holder}`}>{t('leads.seeCustomer')}</Link></span></p> : null}
      <ConfirmDialog opened={asking} title={t('leads.convert.title', { name: nameOf(lead) })} confirm={t('leads.convert.action')} onClose={() => setAsking(false)}
        onConfirm={async () => { const { customer } = await convert.mutateAsync(); void navigate(`/customers/${customer.id}`); }}>
        {t('leads.convert.why')}
      </ConfirmDialog>
    </div>
  );
}
