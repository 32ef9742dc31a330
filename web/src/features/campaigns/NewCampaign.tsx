import { Button, Group, Modal, NativeSelect, Stack, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useSegmentNames } from '@/api/segmentNames';
import { isProblem, problemOf } from '@/api/problem';
import { ErrorState } from '@/ui/ErrorState';
import { useFields } from '@/ui/useFields';
import { useCreateCampaign, useTemplateNames } from './queries';

/** The three facts that a campaign begins with; the rest of the plan is on its page. */
export function NewCampaign({ segmentId, onClose }: { segmentId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const create = useCreateCampaign();
  const segments = useSegmentNames().data ?? [];
  const templates = useTemplateNames().data ?? [];
  const fields = useFields({ name: '', segmentId, templateId: '' });
  const choose = (name: 'segmentId' | 'templateId') => ({ name, value: fields.values[name], error: fields.errors[name], onChange: ({ currentTarget }: { currentTarget: HTMLSelectElement }) => fields.set({ [name]: currentTarget.value }) });
  const later = { value: '', label: t('campaigns.new.later') };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { name } = fields.values;
    if (!fields.check({ name: name.trim() ? undefined : t('campaigns.new.nameless') })) return;
    create.mutate({ name: name.trim(), type: 'target', channel: 'email', segmentId: fields.values.segmentId || undefined, templateId: fields.values.templateId || undefined }, {
      onSuccess: ({ id }) => void navigate(`/campaigns/${id}`),
      onError: (error) => { if (isProblem(error)) fields.refuse(error); },
    });
  };
  return (
    <Modal opened onClose={onClose} title={t('campaigns.new.title')} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      <form {...fields.form} onSubmit={submit}>
        <Stack gap="lg">
          <TextInput {...fields.input('name')} label={t('campaigns.field.name')} placeholder={t('campaigns.new.hint')} maxLength={200} required withAsterisk={false} data-autofocus />
          <NativeSelect {...choose('segmentId')} label={t('campaigns.field.segmentId')} data={[later, ...segments.map(({ id, name }) => ({ value: id, label: name }))]} />
          <NativeSelect {...choose('templateId')} label={t('campaigns.field.templateId')} data={[later, ...templates.map(({ id, name }) => ({ value: id, label: name }))]} />
          {create.error && Object.keys(fields.errors).length === 0 ? <ErrorState inline trouble={problemOf(create.error)} /> : null}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>{t('ui.cancel')}</Button>
            <Button type="submit" loading={create.isPending}>{t('campaigns.new.submit')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
