import type { TFunction } from 'i18next';
import { Money, When } from '@/ui/figures';
import type { Column } from '@/ui/table/column';
import { Truncate } from '@/ui/Truncate';
import { buyerOf } from './order';
import { Products } from './Products';
import type { Order } from './queries';

export const orderColumns = (t: TFunction): readonly Column<Order>[] => [
  { id: 'customer', header: t('segments.fields.profile'), cell: (order) => <Truncate>{buyerOf(order) || t('home.people.unnamed')}</Truncate>, sort: 'customer.name', width: 'wide', phone: 'title' },
  { id: 'product', header: t('orders.field.product'), cell: (order) => <Products order={order} />, width: 'wide', phone: 'line', optional: true },
  { id: 'total', header: t('orders.field.total'), cell: ({ total }) => <Money value={total} />, sort: 'total', align: 'end', width: 'normal', phone: 'aside' },
  { id: 'channel', header: t('orders.field.channel'), cell: ({ channel }) => <Truncate>{channel}</Truncate>, sort: 'channel', width: 'normal', phone: 'hide', optional: true },
  { id: 'externalId', header: t('orders.field.externalId'), cell: ({ externalId }) => <Truncate>{externalId}</Truncate>, sort: 'externalId', width: 'normal', phone: 'hide', optional: true },
  { id: 'orderedAt', header: t('orders.field.orderedAt'), cell: ({ orderedAt }) => <When at={orderedAt} />, sort: 'orderedAt', align: 'end', width: 'normal', phone: 'line', optional: true },
];
