import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatPhone } from '@/lib/phone';
import { StateBadge } from '@/ui/StateBadge';
import { Truncate } from '@/ui/Truncate';
import { initialsOf, kindOf, nameOf } from './customer';
import classes from './Customers.module.css';
import { ConsentMarks } from './ConsentMarks';
import type { Customer } from './queries';

/** Who this is at a glance: initials, kind, where advertising may go, what is unusual; `reach` adds buttons to call and write. */
export function Face({ customer, reach = false }: { customer: Customer; reach?: boolean }) {
  const { t } = useTranslation();
  return (
    <div className={classes.face}>
      <span className={classes.avatar} aria-hidden="true">{initialsOf(nameOf(customer))}</span>
      <div className={classes.facts}>
        <span>{t(`customers.kind.${kindOf(customer.kind)}`)}</span>
        <ConsentMarks customer={customer} alone />
      </div>
      {customer.sample ? <StateBadge tone="neutral">{t('customers.sample')}</StateBadge> : null}
      {reach && (customer.phone ?? customer.email) ? (
        <div className={classes.ways}>
          {customer.phone ? <Button component="a" href={`tel:${customer.phone}`} variant="default">{formatPhone(customer.phone)}</Button> : null}
          {customer.email ? <Button component="a" href={`mailto:${customer.email}`} variant="default" maw="100%"><Truncate>{customer.email}</Truncate></Button> : null}
        </div>
      ) : null}
      {customer.archivedAt ? <StateBadge tone="attention">{t('customers.archived')}</StateBadge> : null}
    </div>
  );
}
