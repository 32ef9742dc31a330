import { Button, Group, Modal, NativeSelect, Stack, TagsInput, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useCustomFields, type CustomField } from '@/api/customFields';
import { isProblem } from '@/api/problem';
import { defaultText, valueOf } from '@/ui/custom/custom';
import { CustomInput } from '@/ui/custom/CustomInput';
import { ErrorState } from '@/ui/ErrorState';
import { useFields } from '@/ui/useFields';
import { kinds } from './customer';
import { candidateOf, Duplicate } from './Duplicate';
import { useCreateCustomer, useHolderOfEmail, type CustomerFields } from './queries';

interface Props { onClose: () => void; onCreated: (id: string) => void }

/** A new customer. The form waits for the workspace's own fields, or goes without them when they cannot be read. */
export function CreateCustomer(props: Props) {
  const { data, error } = useCustomFields();
  if (!data && !error) return null;
  return <CreateForm {...props} custom={(data?.data.data ?? []).filter(({ archived }) => !archived)} />;
}

const blank = { name: '', phone: '', email: '', kind: 'consumer', externalId: '' };
type Plain = typeof blank;

const nameOf = ({ key }: CustomField) => `custom.${key}`;

/** The custom fields that are filled in, and those whose default was taken out. */
function filledIn(custom: readonly CustomField[], values: Readonly<Record<string, string>>): Record<string, unknown> {
  const all = custom.map((field): [string, unknown] => {
    const text = values[nameOf(field)] ?? '';
    const value = valueOf(field, text, field.default);
    return [field.key, value === null && defaultText(field) === '' ? undefined : value];
  });
  return Object.fromEntries(all.filter(([, value]) => value !== undefined));
}

function CreateForm({ custom, onClose, onCreated }: Props & { custom: readonly CustomField[] }) {
  const { t } = useTranslation();
  const create = useCreateCustomer();
  const fields = useFields<Plain & Record<string, string>>({ ...blank, ...Object.fromEntries(custom.map((field) => [nameOf(field), defaultText(field)])) });
  const [tags, setTags] = useState<string[]>([]);
  const [email] = useDebouncedValue(fields.values.email.trim().toLowerCase(), 300);
  const holder = useHolderOfEmail(email).data;
  const { name, phone, externalId } = fields.values;
  const candidate = email && holder?.email === email ? holder.id : candidateOf(create.error);
  const kind = fields.input('kind');

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const nothing = [name, phone, fields.values.email, externalId].every((value) => value.trim() === '');
    if (!fields.check({ name: nothing ? t('customers.check.someone') : undefined })) return;
    const filled: CustomerFields = Object.fromEntries(Object.keys(blank).map((key) => [key, (fields.values[key] ?? '').trim()] as const).filter(([, value]) => value !== ''));
    create.mutate({ ...filled, ...(tags.length > 0 ? { tags } : {}), ...(custom.length > 0 ? { custom: filledIn(custom, fields.values) } : {}) }, {
      onSuccess: ({ id }) => onCreated(id),
      onError: (error) => { if (isProblem(error)) fields.refuse(error); },
    });
  };
  const whole = create.error && Object.keys(fields.errors).length === 0 && !candidate ? create.error : null;

  return (
    <Modal opened onClose={onClose} title={t('customers.create.title')} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      <form {...fields.form} onSubmit={submit}>
        <Stack gap="md">
          <TextInput {...fields.input('name')} label={t('customers.field.name')} autoComplete="off" maxLength={200} data-autofocus />
          <TextInput {...fields.input('phone')} type="tel" label={t('customers.field.phone')} autoComplete="off" inputMode="tel" />
          <TextInput {...fields.input('email')} type="email" label={t('customers.field.email')} autoComplete="off" inputMode="email" />
          {candidate ? <Duplicate id={candidate} /> : null}
          <NativeSelect name={kind.name} value={kind.value} error={kind.error} onChange={({ currentTarget }) => fields.set({ kind: currentTarget.value })} label={t('customers.field.kind')} data={kinds.map((each) => ({ value: each, label: t(`customers.kind.${each}`) }))} />
          <TagsInput label={t('customers.field.tags')} placeholder={tags.length === 0 ? t('customers.tagsHint') : undefined} value={tags} onChange={setTags} maxTags={50} />
          <TextInput {...fields.input('externalId')} label={t('customers.field.externalId')} description={t('customers.externalIdHelp')} autoComplete="off" maxLength={200} />
          {custom.map((field) => <CustomInput key={field.key} field={field} input={fields.input(nameOf(field))} onSet={(text) => fields.set({ [nameOf(field)]: text })} />)}
          {whole ? <ErrorState inline trouble={whole} /> : null}
        </Stack>
        <Group justify="flex-end" gap="sm" mt="xl">
          <Button variant="default" onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" loading={create.isPending}>{t('customers.create.submit')}</Button>
        </Group>
      </form>
    </Modal>
  );
}
