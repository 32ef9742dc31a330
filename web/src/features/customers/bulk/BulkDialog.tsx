import { Button, Group, Modal, NativeSelect, Stack, TagsInput, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import { formatNumber } from '@/lib/format';
import { ErrorState } from '@/ui/ErrorState';
import inline from '@/ui/InlineField.module.css';
import { useLanguage } from '@/ui/useLanguage';
import { whatOf, type Verb, type Who } from './bulk';
import { useChangeCustomers, useMe } from './queries';

interface Props { verb: Verb; who: Who; count: number; onClose: () => void; onStarted: () => void }

/** Asks for the value, says what becomes of whom, and starts the job. */
export default function BulkDialog({ verb, who, count, onClose, onStarted }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const change = useChangeCustomers();
  const me = useMe().data?.user;
  const [tags, setTags] = useState<string[]>([]);
  const [text, setText] = useState('');
  const what = whatOf(verb, tags, text);
  const shown = formatNumber(count, language);
  const trouble = change.error ? problemOf(change.error) : undefined;
  const said = trouble?.fields?.map(({ detail }) => detail).filter(Boolean).join(' ');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (what) change.mutate({ ...who, ...what }, { onSuccess: ({ id }) => { notifications.show({ id, closeButtonProps: { 'aria-label': t('ui.close') }, message: t('customers.bulk.started', { count, shown }) }); onStarted(); } });
  };
  return (
    <Modal opened onClose={onClose} title={t(`customers.bulk.verb.${verb}`)} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      <form onSubmit={submit}>
        <Stack gap="lg">
          {verb === 'addTags' || verb === 'removeTags' ? <TagsInput classNames={{ inputField: inline.tagField }} label={t('customers.field.tags')} placeholder={tags.length === 0 ? t('customers.tagsHint') : undefined} value={tags} onChange={setTags} maxTags={50} acceptValueOnBlur error={said} data-autofocus /> : null}
          {verb === 'ownerId' ? <NativeSelect label={t('customers.field.ownerId')} value={text} onChange={({ currentTarget }) => setText(currentTarget.value)} error={said} data-autofocus
            data={[{ value: '', label: t('customers.bulk.nobody') }, ...(me ? [{ value: me.id, label: me.email }] : [])]} /> : null}
          {verb === 'lifecycleStage' ? <TextInput label={t('customers.field.lifecycleStage')} description={t('customers.bulk.stageHint')} value={text} onChange={({ currentTarget }) => setText(currentTarget.value)} error={said} data-autofocus /> : null}
          {verb === 'archive' ? <Text size="sm">{t('customers.bulk.archiveWhy')}</Text> : null}
          <Text size="sm" c="dimmed">{t('customers.bulk.undoWhy')}</Text>
          {trouble && !said ? <ErrorState inline trouble={trouble} /> : null}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose} data-autofocus={verb === 'archive' || undefined}>{t('ui.cancel')}</Button>
            <Button type="submit" color={verb === 'archive' ? 'red' : undefined} loading={change.isPending} disabled={!what}>{t(`customers.bulk.submit.${verb}`, { count, shown })}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
