import { Button, CopyButton, Group, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { IconCheck, IconCopy } from '@/ui/icons';
import type { NewApiKey } from './queries';
import classes from './Settings.module.css';

/** The key itself, this once. A click beside the dialog does not lose it. */
export function ShowKey({ made, onClose }: { made: NewApiKey; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal opened onClose={onClose} closeOnClickOutside={false} title={t('settings.keys.shown', { name: made.name })} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      <p className={classes.once}>{t('settings.keys.once')}</p>
      <code className={classes.secret}>{made.key}</code>
      <Group justify="flex-end" gap="sm" mt="xl">
        <CopyButton value={made.key}>
          {({ copied, copy }) => <Button onClick={copy} data-autofocus leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}>{copied ? t('settings.keys.copied') : t('settings.keys.copy')}</Button>}
        </CopyButton>
        <Button variant="default" onClick={onClose}>{t('ui.close')}</Button>
      </Group>
    </Modal>
  );
}
