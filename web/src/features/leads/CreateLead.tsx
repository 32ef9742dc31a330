import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem } from '@/api/problem';
import { ErrorState } from '@/ui/ErrorState';
import { useFields } from '@/ui/useFields';
import { useCreateLead, type LeadFields } from './queries';

export function CreateLead({ onClose, onCreated }: { onClose: () => void; onCreated: (id: string) => void }) {
  const { t } = useTranslation();
  const create = useCreateLead();
  const fields = useFields({ name: '', company: '', phone: '', email: '', source: '', notes: '' });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { name, company, phone, email } = fields.values;
    if (!fields.check({ name: [name, company, phone, email].every((value) => value.trim() === '') ? t('leads.check.someone') : undefined })) return;
    const filled: LeadFields = Object.fromEntries(Object.entries(fields.values).map(([key, value]) => [key, value.trim()] as const).filter(([, value]) => value !== ''));
    create.mutate(filled, { onSuccess: ({ id }) => onCreated(id), onError: (error) => { if (isProblem(error)) fields.refuse(error); } });
  };
  const whole = create.error && Object.keys(fields.errors).length === 0 ? create.error : null;
  return (
    <Modal opened onClose={onClose} title={t('leads.create')} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      <form {...fields.form} onSubmit={submit}>
        <Stack gap="md">
          <TextInput {...fields.input('name')} label={t('leads.field.name')} autoComplete="off" maxLength={200} data-autofocus />
          <TextInput {...fields.input('company')} label={t('leads.field.company')} autoComplete="off" maxLength={200} />
          <TextInput {...fields.input('phone')} type="tel" label={t('leads.field.phone')} autoComplete="off" inputMode="tel" />
          <TextInput {...fields.input('email')} type="email" label={t('leads.field.email')} autoComplete="off" inputMode="email" />
          <TextInput {...fields.input('source')} label={t('leads.field.source')} placeholder={t('leads.sourceHint')} autoComplete="off" maxLength={200} />
          <Textarea {...fields.input('notes')} label={t('leads.field.notes')} autosize minRows={2} maxRows={6} maxLength={5000} />
          {whole ? <ErrorState inline trouble={whole} /> : null}
        </Stack>
        <Group justify="flex-end" gap="sm" mt="xl">
          <Button variant="default" onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" loading={create.isPending}>{t('leads.add')}</Button>
        </Group>
      </form>
    </Modal>
  );
}
