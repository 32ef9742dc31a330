import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { isProblem } from '@/api/problem';
import { ToneShape } from '@/ui/StateBadge';
import { nameOf } from './customer';
import classes from './Customers.module.css';
import { useCustomer } from './queries';

/** The customer that a refusal names as the one who is here already. */
export function candidateOf(error: unknown): string | undefined {
  const candidates = isProblem(error) ? error.document.candidates : undefined;
  const first: unknown = Array.isArray(candidates) ? candidates[0] : undefined;
  return typeof first === 'object' && first !== null && 'id' in first && typeof first.id === 'string' ? first.id : undefined;
}

/** Says who it is and leads there. */
export function Duplicate({ id }: { id: string }) {
  const { t } = useTranslation();
  const { data } = useCustomer(id);
  return (
    <p className={classes.duplicate} role="status">
      <ToneShape tone="attention" /><span>{t('customers.duplicate')} <Link to={`/customers/${id}`}>{data ? nameOf(data.data) : t('customers.openPage')}</Link></span>
    </p>
  );
}
