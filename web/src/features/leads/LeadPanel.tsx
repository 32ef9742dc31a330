import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { problemOf } from '@/api/problem';
import { ErrorState } from '@/ui/ErrorState';
import { When } from '@/ui/figures';
import { PageSkeleton } from '@/ui/PageSkeleton';
import { SidePanel } from '@/ui/SidePanel';
import { StateBadge } from '@/ui/StateBadge';
import { ConvertLead } from './ConvertLead';
import { nameOf, statusOf, tones } from './lead';
import { LeadDetails } from './LeadDetails';
import classes from './Leads.module.css';
import { useLead, type Lead } from './queries';

interface Props { id: string; known: Lead | undefined; onClose: () => void; onPrevious?: () => void; onNext?: () => void }

export function LeadPanel({ id, known, onClose, onPrevious, onNext }: Props) {
  const { t } = useTranslation();
  const { data, error, refetch } = useLead(id);
  const lead = data?.data ?? known;
  const status = statusOf(lead?.status);
  return (
    <SidePanel title={lead ? nameOf(lead) : ''} recordId={id} onClose={onClose} onPrevious={onPrevious} onNext={onNext}>
      {lead ? <p className={classes.facts}><StateBadge tone={tones[status]}>{t(`leads.status.${status}`)}</StateBadge><span>{t('leads.field.createdAt')} <When at={lead.createdAt} /></span></p> : null}
      {error ? <ErrorState inline={lead !== undefined} trouble={problemOf(error)} onRetry={() => void refetch()} /> : null}
      {data ? <LeadDetails lead={data.data} /> : error ? null : <PageSkeleton />}
      {data && status !== 'converted' ? <ConvertLead lead={data.data} /> : null}
      {lead?.customerId ? <Button component={Link} to={`/customers/${lead.customerId}`} variant="default">{t('leads.seeCustomer')}</Button> : null}
    </SidePanel>
  );
}
