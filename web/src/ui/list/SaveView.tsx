import { Button, Checkbox, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState, type Trouble } from '../ErrorState';
import type { ListView } from './Views';

interface Props { first?: ListView; onSave: (name: string, shared: boolean) => Promise<unknown>; onClose: () => void }

/** A name for the list as it is now, and whether others see it. */
export function SaveView({ first, onSave, onClose }: Props) {
  const { t } = useTranslation();
  const [name, setName] = useState(first?.name ?? '');
  const [shared, setShared] = useState(first?.shared ?? false);
  const [trouble, setTrouble] = useState<Trouble>();
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      await onSave(name.trim(), shared);
      onClose();
    } catch (error) {
      setTrouble(error instanceof Error ? error : { message: String(error) });
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={t(first ? 'customers.views.changeTitle' : 'customers.views.save')} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="lg">
          <TextInput label={t('customers.views.name')} placeholder={t('customers.views.nameHint')} value={name} onChange={({ currentTarget }) => setName(currentTarget.value)} maxLength={100} required withAsterisk={false} data-autofocus />
          <Checkbox label={t('customers.views.shared')} description={t('customers.views.sharedWhy')} checked={shared} onChange={({ currentTarget }) => setShared(currentTarget.checked)} />
          {trouble ? <ErrorState inline trouble={trouble} /> : null}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>{t('ui.cancel')}</Button>
            <Button type="submit" loading={busy} disabled={name.trim() === ''}>{t('customers.views.submit')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
