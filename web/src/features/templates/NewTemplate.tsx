import { Button, Group, Modal, Radio, Stack, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { isProblem, problemOf } from '@/api/problem';
import { ErrorState } from '@/ui/ErrorState';
import { useFields } from '@/ui/useFields';
import { useLanguage } from '@/ui/useLanguage';
import { useCreateTemplate } from './queries';
import { readStarter, starters, type Starter } from './starters';

/** A name and something to begin with; the editor does the rest. */
export function NewTemplate({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const navigate = useNavigate();
  const create = useCreateTemplate();
  const [starter, setStarter] = useState<Starter>('news');
  const fields = useFields({ name: '' });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!fields.check({ name: fields.values.name.trim() ? undefined : t('templates.new.nameless') })) return;
    const html = await readStarter(starter, language);
    create.mutate({ name: fields.values.name.trim(), subject: t(`templates.starter.${starter}Subject`, { workspace: '{{ workspace.name }}' }), html, text: '' }, {
      onSuccess: ({ data }) => void navigate(`/templates/${data.id}`),
      onError: (error) => { if (isProblem(error)) fields.refuse(error); },
    });
  };
  return (
    <Modal opened onClose={onClose} title={t('templates.new.title')} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      <form {...fields.form} onSubmit={(event) => void submit(event)}>
        <Stack gap="lg">
          <TextInput {...fields.input('name')} label={t('templates.column.name')} placeholder={t('templates.new.hint')} maxLength={200} required withAsterisk={false} data-autofocus />
          <Radio.Group label={t('templates.new.begin')} value={starter} onChange={(value) => setStarter(value)}>
            <Stack gap="sm" mt="xs">{starters.map((each) => <Radio key={each} value={each} label={t(`templates.starter.${each}`)} description={t(`templates.starter.${each}Why`)} />)}</Stack>
          </Radio.Group>
          {create.error && Object.keys(fields.errors).length === 0 ? <ErrorState inline trouble={problemOf(create.error)} /> : null}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>{t('ui.cancel')}</Button>
            <Button type="submit" loading={create.isPending}>{t('templates.new.submit')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
