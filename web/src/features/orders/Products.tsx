import { useTranslation } from 'react-i18next';
import { Truncate } from '@/ui/Truncate';
import { productsOf } from './order';
import type { Order } from './queries';

/** What was bought, in a line: the first product, and how many stand behind it. */
export function Products({ order }: { order: Order }) {
  const { t } = useTranslation();
  const { first, more } = productsOf(order);
  if (first === '') return null;
  return <Truncate>{more > 0 ? t('customers.timeline.products', { product: first, count: more }) : first}</Truncate>;
}
