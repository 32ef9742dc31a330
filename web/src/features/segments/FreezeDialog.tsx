import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { problemOf } from '@/api/problem';
import { ErrorState } from '@/ui/ErrorState';
import { useFreezeSegment, type Segment } from './queries';

/** A frozen copy of who is in a segment, now or on a day. */
export function FreezeDialog({ segment, onClose }: { segment: Segment; onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [asOf, setAsOf] = useState('');
  const freeze = useFreezeSegment(segment.id);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    freeze.mutate({ name: name.trim() || undefined, asOf: asOf || undefined }, { onSuccess: ({ id }) => { onClose(); void navigate(`/segments/${id}?tab=members`); } });
  };
  return (
    <Modal opened onClose={onClose} title={t('segments.freeze.title', { name: segment.name })} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      <form onSubmit={submit}>
        <Stack gap="lg">
          <p>{t('segments.freeze.why')}</p>
          <TextInput label={t('segments.freeze.name')} placeholder={segment.name} maxLength={200} value={name} onChange={({ currentTarget }) => setName(currentTarget.value)} data-autofocus />
          <TextInput type="date" label={t('segments.freeze.asOf')} description={t('segments.freeze.asOfWhy')} value={asOf} onChange={({ currentTarget }) => setAsOf(currentTarget.value)} />
          {freeze.error ? <ErrorState inline trouble={problemOf(freeze.error)} /> : null}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>{t('ui.cancel')}</Button>
            <Button type="submit" loading={freeze.isPending}>{t('segments.freeze.submit')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
