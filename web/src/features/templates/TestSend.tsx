import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem, problemOf } from '@/api/problem';
import { ErrorState } from '@/ui/ErrorState';
import type { Found } from '@/ui/LookUp';
import { useFields } from '@/ui/useFields';
import { useMyEmail, useSendTest } from './queries';

/** One real mail to one address, filled as the customer that the preview shows. */
export function TestSend({ id, person, changed, onClose }: { id: string; person: Found | undefined; changed: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const send = useSendTest(id);
  const fields = useFields({ email: useMyEmail() });
  const { email } = fields.values;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send.mutate({ email: email.trim(), customerId: person?.id }, {
      onSuccess: () => { notifications.show({ message: t('templates.test.sent', { email: email.trim() }), closeButtonProps: { 'aria-label': t('ui.close') } }); onClose(); },
      onError: (error) => { if (isProblem(error)) fields.refuse(error); },
    });
  };
  return (
    <Modal opened onClose={onClose} title={t('templates.test.title')} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      <form {...fields.form} onSubmit={submit}>
        <Stack gap="lg">
          <Text size="sm">{person ? t('templates.test.as', { name: person.title }) : t('templates.test.asSample')}</Text>
          {changed ? <Text size="sm">{t('templates.test.unsaved')}</Text> : null}
          <TextInput {...fields.input('email')} type="email" label={t('templates.test.email')} required withAsterisk={false} data-autofocus />
          {send.error && Object.keys(fields.errors).length === 0 ? <ErrorState inline trouble={problemOf(send.error)} /> : null}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>{t('ui.cancel')}</Button>
            <Button type="submit" loading={send.isPending}>{t('templates.test.submit')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
