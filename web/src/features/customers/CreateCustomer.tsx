import { Button, Group, Modal, NativeSelect, Stack, TagsInput, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem } from '@/api/problem';
import { ErrorState } from '@/ui/ErrorState';
import { useFields } from '@/ui/useFields';
import { kinds } from './customer';
import { candidateOf, Duplicate } from './Duplicate';
import { useCreateCustomer, useHolderOfEmail, type CustomerFields } from './queries';

export function CreateCustomer({ onClose, onCreated }: { onClose: () => void; onCreated: (id: string) => void }) {
  const { t } = useTranslation();
  const create = useCreateCustomer();
  const fields = useFields({ name: '', phone: '', email: '', kind: 'consumer', externalId: '' });
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
    const filled: CustomerFields = Object.fromEntries(Object.entries(fields.values).map(([key, value]) => [key, value.trim()] as const).filter(([, value]) => value !== ''));
    create.mutate({ ...filled, ...(tags.length > 0 ? { tags } : {}) }, {
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
