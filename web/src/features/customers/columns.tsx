import type { TFunction } from 'i18next';
import { formatPhone } from '@/lib/phone';
import { When } from '@/ui/figures';
import type { Column } from '@/ui/table/column';
import { Truncate } from '@/ui/Truncate';
import { ConsentMarks } from './ConsentMarks';
import { CustomerName } from './CustomerName';
import type { Customer } from './queries';
import { Tags } from './Tags';

export const customerColumns = (t: TFunction): readonly Column<Customer>[] => [
  { id: 'name', header: t('customers.field.name'), cell: (customer) => <CustomerName customer={customer} />, width: 'wide', phone: 'title' },
  { id: 'phone', header: t('customers.field.phone'), cell: ({ phone }) => (phone ? formatPhone(phone) : null), width: 'normal', phone: 'line', optional: true },
  { id: 'consent', header: t('customers.consent.title'), cell: (customer) => <ConsentMarks customer={customer} />, width: 'normal', phone: 'line', optional: true },
  { id: 'email', header: t('customers.field.email'), cell: ({ email }) => <Truncate>{email}</Truncate>, width: 'wide', phone: 'hide', optional: true },
  { id: 'tags', header: t('customers.field.tags'), cell: ({ tags }) => <Tags tags={tags ?? []} />, width: 'normal', phone: 'hide', optional: true },
  { id: 'createdAt', header: t('customers.field.createdAt'), cell: ({ createdAt }) => <When at={createdAt} />, align: 'end', width: 'normal', phone: 'aside', optional: true },
];
