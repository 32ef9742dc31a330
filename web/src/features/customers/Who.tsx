import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatPhone } from '@/lib/phone';
import { InlineChoice } from '@/ui/InlineChoice';
import { InlineField } from '@/ui/InlineField';
import { genders, kindOf, kinds } from './customer';
import classes from './Customers.module.css';
import { CustomFields } from './CustomFields';
import { EditTags } from './EditTags';
import { contactFields, furtherFields, type TextField } from './fields';
import { useChangeCustomer, type Customer } from './queries';

/** The fields of a customer, each edited where it stands. */
export function Who({ customer, startEditing = false }: { customer: Customer; startEditing?: boolean }) {
  const { t } = useTranslation();
  const { mutateAsync: change } = useChangeCustomer(customer.id);
  const [all, setAll] = useState(false);
  const archived = customer.archivedAt !== undefined;
  const further = furtherFields.filter((field) => all || field.read(customer));
  const hidden = furtherFields.length - further.length;

  const draw = (field: TextField) => {
    const value = field.read(customer) ?? '';
    return (
      <InlineField key={field.id} label={t(`customers.field.${field.id}`)} type={field.type} value={value} shown={field.id === 'phone' ? formatPhone(value) : undefined}
        disabled={archived} startEditing={startEditing && field.id === 'name'} onSave={(text) => change(field.patch(text === '' ? null : text))} />
    );
  };

  return (
    <div className={classes.who}>
      {contactFields.map(draw)}
      <InlineChoice label={t('customers.field.kind')} value={kindOf(customer.kind)} disabled={archived} onSave={(kind) => change({ kind })} options={kinds.map((value) => ({ value, label: t(`customers.kind.${value}`) }))} />
      <InlineChoice label={t('customers.field.gender')} value={customer.gender ?? ''} disabled={archived} onSave={(gender) => change({ gender: gender === '' ? null : gender })}
        options={[{ value: '', label: t('customers.gender.unknown') }, ...genders.map((value) => ({ value, label: t(`customers.gender.${value}`) }))]} />
      <EditTags tags={customer.tags ?? []} disabled={archived} onSave={(tags) => change({ tags })} />
      {further.map(draw)}
      <CustomFields customer={customer} disabled={archived} onSave={change} />
      {hidden > 0 || all ? <Button className={classes.moreFields} variant="subtle" color="gray" size="compact-sm" aria-expanded={all} onClick={() => setAll(!all)}>{all ? t('customers.fewerFields') : t('customers.moreFields', { count: hidden })}</Button> : null}
    </div>
  );
}
