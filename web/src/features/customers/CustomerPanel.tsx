import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ErrorState } from '@/ui/ErrorState';
import { PageSkeleton } from '@/ui/PageSkeleton';
import { Section } from '@/ui/Section';
import { SidePanel } from '@/ui/SidePanel';
import { problemOf } from '@/api/problem';
import { ArchiveCustomer } from './ArchiveCustomer';
import { nameOf } from './customer';
import classes from './Customers.module.css';
import { Face } from './Face';
import { useCustomer, type Customer } from './queries';
import { Recent } from './Recent';
import { Value } from './Value';
import { Who } from './Who';

interface Props { id: string; /** The row of the list, shown until the record itself is here. */ known: Customer | undefined; startEditing: boolean; onClose: () => void; onPrevious?: () => void; onNext?: () => void }

export function CustomerPanel({ id, known, startEditing, onClose, onPrevious, onNext }: Props) {
  const { t } = useTranslation();
  const { data, error, refetch } = useCustomer(id);
  const customer = data?.data ?? known;
  return (
    <SidePanel title={customer ? nameOf(customer) : ''} recordId={id} onClose={onClose} onPrevious={onPrevious} onNext={onNext}
      tools={<Button component={Link} to={`/customers/${id}`} variant="default" size="compact-sm">{t('customers.openPage')}</Button>}>
      {customer ? <Face customer={customer} /> : null}
      {error ? <ErrorState inline={customer !== undefined} trouble={problemOf(error)} onRetry={() => void refetch()} /> : null}
      {data ? (
        <>
          <Who customer={data.data} startEditing={startEditing} />
          <Section title={t('customers.value.title')}><Value id={id} /></Section>
          <Section title={t('customers.timeline.recent')}><Recent id={id} /></Section>
          <div className={classes.foot}><ArchiveCustomer customer={data.data} onArchived={onClose} /></div>
        </>
      ) : error ? null : <PageSkeleton />}
    </SidePanel>
  );
}
