import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Money, Quantity, When } from '@/ui/figures';
import { Section } from '@/ui/Section';
import { SidePanel } from '@/ui/SidePanel';
import { Truncate } from '@/ui/Truncate';
import { buyerOf } from './order';
import classes from './Orders.module.css';
import type { Order } from './queries';

interface Props { order: Order; onClose: () => void; onPrevious?: (() => void) | undefined; onNext?: (() => void) | undefined }

/** An order as it was recorded: who, when, where, and each of its lines. */
export function OrderPanel({ order, onClose, onPrevious, onNext }: Props) {
  const { t } = useTranslation();
  const { channel, externalId, orderedAt, total } = order;
  const lines = order.lines ?? [];
  return (
    <SidePanel title={buyerOf(order) || t('home.people.unnamed')} recordId={order.id} onClose={onClose} {...(onPrevious ? { onPrevious } : {})} {...(onNext ? { onNext } : {})}>
      <dl className={classes.facts}>
        <dt>{t('orders.field.orderedAt')}</dt><dd><When at={orderedAt} /></dd>
        <dt>{t('orders.field.total')}</dt><dd><Money value={total} /></dd>
        {channel ? <><dt>{t('orders.field.channel')}</dt><dd>{channel}</dd></> : null}
        {externalId ? <><dt>{t('orders.field.externalId')}</dt><dd>{externalId}</dd></> : null}
      </dl>
      {lines.length > 0 ? (
        <Section title={t('orders.lines')}>
          <ul className={classes.lines}>
            {lines.map(({ name, productId, quantity, unitPrice }, at) => <li key={at}><Truncate>{name ?? productId}</Truncate><Quantity value={Number(quantity)} /><Money value={unitPrice} /></li>)}
          </ul>
        </Section>
      ) : null}
      {order.buyer ? <Button component={Link} to={`/customers/${order.customerId}`} variant="default" mt="lg">{t('leads.seeCustomer')}</Button> : null}
    </SidePanel>
  );
}
