import { useTranslation } from 'react-i18next';
import { Truncate } from '@/ui/Truncate';
import { kindOf, nameOf } from './customer';
import classes from './Customers.module.css';
import type { Customer } from './queries';

/** The name, and the kind when it is not the usual one. */
export function CustomerName({ customer }: { customer: Customer }) {
  const { t } = useTranslation();
  const kind = kindOf(customer.kind);
  return (
    <span className={classes.name}>
      <Truncate>{nameOf(customer)}</Truncate>
      {kind === 'consumer' ? null : <span className={classes.kind}>{t(`customers.kind.${kind}`)}</span>}
    </span>
  );
}
