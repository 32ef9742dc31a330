import { useTranslation } from 'react-i18next';
import { Money, When } from '@/ui/figures';
import { Section } from '@/ui/Section';
import { Truncate } from '@/ui/Truncate';
import { textIn, totalOf } from './entry';
import { useTimeline } from './queries';
import classes from './Customers.module.css';

const shown = 5;

/** The last orders, as the timeline tells them. */
export function Orders({ id }: { id: string }) {
  const { t } = useTranslation();
  const orders = (useTimeline(id).rows ?? []).filter(({ type }) => type === 'order').slice(0, shown);
  if (orders.length === 0) return null;
  return (
    <Section title={t('customers.orders')}>
      <ul className={classes.orders}>
        {orders.map((entry) => {
          const total = totalOf(entry);
          return <li key={entry.id}><Truncate>{textIn(entry, 'product') || t('customers.timeline.type.order')}</Truncate><span className={classes.faint}><When at={entry.at} /></span>{total ? <Money value={total} /> : null}</li>;
        })}
      </ul>
    </Section>
  );
}
