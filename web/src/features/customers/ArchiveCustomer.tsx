import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { nameOf } from './customer';
import { useArchiveCustomer, type Customer } from './queries';

/** Out of lists, segments and sends; the history stays. */
export function ArchiveCustomer({ customer, onArchived }: { customer: Customer; onArchived: () => void }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const archive = useArchiveCustomer(customer.id);
  if (customer.archivedAt) return null;
  return (
    <>
      <Button variant="subtle" color="gray" c="var(--dg-bad)" size="compact-sm" onClick={() => setAsking(true)}>{t('customers.archive.action')}</Button>
      <ConfirmDialog opened={asking} danger title={t('customers.archive.title', { name: nameOf(customer) })} confirm={t('customers.archive.action')}
        onConfirm={async () => { await archive.mutateAsync(); onArchived(); }} onClose={() => setAsking(false)}>
        {t('customers.archive.why')}
      </ConfirmDialog>
    </>
  );
}
