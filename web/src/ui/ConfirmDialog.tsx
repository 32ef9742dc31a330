import { Button, Group, Modal } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState, type Trouble } from './ErrorState';

interface Props {
  opened: boolean; title: string; children: ReactNode;
  /** A verb, with the number in it when there is one: "2,000명에게 보내기". */
  confirm: string;
  danger?: boolean;
  /** Rejects to keep the dialog open with the reason. */
  onConfirm: () => Promise<unknown>;
  onClose: () => void;
}

export function ConfirmDialog({ opened, title, children, confirm, danger = false, onConfirm, onClose }: Props) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>();
  const close = () => { setTrouble(undefined); onClose(); };
  const run = async () => {
    setBusy(true);
    setTrouble(undefined);
    try {
      await onConfirm();
      close();
    } catch (error) {
      setTrouble(error instanceof Error ? error : { message: String(error) });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened={opened} onClose={close} title={title} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      <div>{children}</div>
      {trouble ? <ErrorState inline trouble={trouble} /> : null}
      <Group justify="flex-end" gap="sm" mt="xl">
        <Button variant="default" onClick={close} data-autofocus>{t('ui.cancel')}</Button>
        <Button loading={busy} color={danger ? 'red' : undefined} onClick={() => void run()}>{confirm}</Button>
      </Group>
    </Modal>
  );
}
