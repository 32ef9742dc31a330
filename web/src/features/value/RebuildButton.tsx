import { Button, Checkbox, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import { ErrorState } from '@/ui/ErrorState';
import { useRebuild } from './queries';

/** Counts the scores anew, as of today or as of an earlier day. */
export function RebuildButton({ working, onStarted }: { working: boolean; onStarted: (jobId: string) => void }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const [asOf, setAsOf] = useState('');
  const [replace, setReplace] = useState(false);
  const rebuild = useRebuild();
  const close = () => { setOpened(false); rebuild.reset(); };
  return (
    <>
      <Button loading={working} onClick={() => setOpened(true)}>{t('value.rebuild.open')}</Button>
      <Modal opened={opened} onClose={close} title={t('value.rebuild.title')} closeButtonProps={{ 'aria-label': t('ui.close') }}>
        <form onSubmit={(event) => { event.preventDefault(); rebuild.mutate({ asOf, replace }, { onSuccess: ({ id }) => { onStarted(id); close(); } }); }}>
          <Stack gap="lg">
            <Text size="sm">{t('value.rebuild.why')}</Text>
            <TextInput type="date" label={t('value.rebuild.day')} description={t('value.rebuild.dayWhy')} value={asOf} onChange={({ currentTarget }) => setAsOf(currentTarget.value)} />
            {asOf ? <Checkbox label={t('value.rebuild.replace')} description={t('value.rebuild.replaceWhy')} checked={replace} onChange={({ currentTarget }) => setReplace(currentTarget.checked)} /> : null}
            {rebuild.error ? <ErrorState inline trouble={problemOf(rebuild.error)} /> : null}
            <Group justify="flex-end" gap="sm">
              <Button variant="default" onClick={close}>{t('ui.cancel')}</Button>
              <Button type="submit" loading={rebuild.isPending}>{t('value.rebuild.submit')}</Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
