import type { TFunction } from 'i18next';
import { labelIn, type CustomField } from '@/api/customFields';
import type { Language } from '@/lib/preferences';
import { formatPhone } from '@/lib/phone';
import { shownOf, textOf } from '@/ui/custom/custom';
import { When } from '@/ui/figures';
import type { Column } from '@/ui/table/column';
import { Truncate } from '@/ui/Truncate';
import { ConsentMarks } from './ConsentMarks';
import { kindOf } from './customer';
import { CustomerName } from './CustomerName';
import type { Customer } from './queries';
import { Tags } from './Tags';

const usual = (t: TFunction): readonly Column<Customer>[] => [
  { id: 'name', header: t('customers.field.name'), cell: (customer) => <CustomerName customer={customer} />, sort: 'name', width: 'wide', phone: 'title' },
  { id: 'phone', header: t('customers.field.phone'), cell: ({ phone }) => (phone ? formatPhone(phone) : null), sort: 'phone', width: 'normal', phone: 'line', optional: true },
  { id: 'consent', header: t('customers.consent.title'), cell: (customer) => <ConsentMarks customer={customer} />, width: 'normal', phone: 'line', optional: true },
  { id: 'email', header: t('customers.field.email'), cell: ({ email }) => <Truncate>{email}</Truncate>, sort: 'email', width: 'wide', phone: 'hide', optional: true },
  { id: 'tags', header: t('customers.field.tags'), cell: ({ tags }) => <Tags tags={tags ?? []} />, width: 'normal', phone: 'hide', optional: true },
];

const further = (t: TFunction): readonly Column<Customer>[] => [
  { ...rare, id: 'kind', header: t('customers.field.kind'), cell: ({ kind }) => t(`customers.kind.${kindOf(kind)}`), sort: 'kind' },
  { ...rare, id: 'externalId', header: t('customers.field.externalId'), cell: ({ externalId }) => <Truncate>{externalId}</Truncate>, sort: 'externalId' },
  { ...rare, id: 'region', header: t('customers.field.region'), cell: ({ address }) => <Truncate>{address?.region}</Truncate>, sort: 'address.region' },
  { ...rare, id: 'city', header: t('customers.field.city'), cell: ({ address }) => <Truncate>{address?.city}</Truncate>, sort: 'address.city' },
  { ...rare, id: 'birthDate', header: t('customers.field.birthDate'), cell: ({ birthDate }) => birthDate, sort: 'birthDate', align: 'end' },
];

const rare = { width: 'normal', phone: 'hide', optional: true, rare: true } as const;

const own = (field: CustomField, language: Language): Column<Customer> => ({
  ...rare, id: `custom.${field.key}`, header: labelIn(field.label, language), sort: `custom.${field.key}`, ...(field.type === 'number' || field.type === 'money' || field.type === 'date' ? { align: 'end' as const } : {}),
  cell: ({ custom }) => <Truncate>{shownOf(field, custom?.[field.key], language) ?? textOf(custom?.[field.key])}</Truncate>,
});

/** The usual columns, those that one can ask for, and the workspace's own fields. */
export const customerColumns = (t: TFunction, language: Language, custom: readonly CustomField[]): readonly Column<Customer>[] => [
  ...usual(t), ...further(t), ...custom.map((field) => own(field, language)),
  { id: 'createdAt', header: t('customers.field.createdAt'), cell: ({ createdAt }) => <When at={createdAt} />, sort: 'createdAt', align: 'end', width: 'normal', phone: 'aside', optional: true },
];
