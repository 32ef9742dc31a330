import { ActionIcon, Button, Menu } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { IconMore } from '@/ui/icons';
import type { Found } from '@/ui/LookUp';
import { useDeleteTemplate, type Template } from './queries';
import { TestSend } from './TestSend';

interface Props { template: Template; etag: string | undefined; changed: boolean; saving: boolean; onSave: () => void; person: Found | undefined }

export function TemplateActions({ template, etag, changed, saving, onSave, person }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [asking, setAsking] = useState<'test' | 'remove'>();
  const remove = useDeleteTemplate(template.id, etag);
  return (
    <>
      <Menu>
        <Menu.Target><ActionIcon variant="default" size="input-sm" aria-label={t('templates.more')}><IconMore size={18} aria-hidden /></ActionIcon></Menu.Target>
        <Menu.Dropdown><Menu.Item onClick={() => setAsking('remove')}>{t('templates.remove.item')}</Menu.Item></Menu.Dropdown>
      </Menu>
      <Button variant="default" onClick={() => setAsking('test')}>{t('templates.test.open')}</Button>
      <Button disabled={!changed} loading={saving} onClick={onSave}>{changed ? t('templates.save') : t('templates.saved')}</Button>
      {asking === 'test' ? <TestSend id={template.id} person={person} changed={changed} onClose={() => setAsking(undefined)} /> : null}
      <ConfirmDialog opened={asking === 'remove'} danger title={t('templates.remove.title', { name: template.name })} confirm={t('templates.remove.confirm')} onClose={() => setAsking(undefined)}
        onConfirm={() => remove.mutateAsync().then(() => void navigate('/templates'))}>{t('templates.remove.why')}</ConfirmDialog>
    </>
  );
}
