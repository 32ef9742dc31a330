import { ActionIcon, Button, Menu } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useFrame } from '@/app/frame/useFrame';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { IconMore } from '@/ui/icons';
import { useDeleteSegment, useExportSegment, type Segment } from './queries';

interface Props { segment: Segment | undefined; etag: string | undefined; changed: boolean; onSave: () => void; onSettings: () => void }

/** Save while something is unsaved; else the next step of the loop, a campaign. */
export function SegmentActions({ segment, etag, changed, onSave, onSettings }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { show } = useFrame();
  const [removing, setRemoving] = useState(false);
  const exporting = useExportSegment();
  const remove = useDeleteSegment(segment?.id ?? '', etag);
  return (
    <>
      {segment ? (
        <Menu>
          <Menu.Target><ActionIcon variant="default" size="input-sm" aria-label={t('segments.more')}><IconMore size={18} aria-hidden /></ActionIcon></Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => exporting.mutate(segment.id, { onSuccess: () => show('jobs') })}>{t('segments.export')}</Menu.Item>
            <Menu.Item onClick={onSettings}>{t('segments.settings')}</Menu.Item>
            <Menu.Item onClick={() => setRemoving(true)}>{t('segments.remove.item')}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      ) : null}
      {changed || !segment ? <Button onClick={onSave}>{t('segments.save.open')}</Button> : <Button component={Link} to={`/campaigns?new=${segment.id}`}>{t('segments.toCampaign')}</Button>}
      {segment ? (
        <ConfirmDialog opened={removing} danger title={t('segments.remove.title', { name: segment.name })} confirm={t('segments.remove.confirm')} onClose={() => setRemoving(false)}
          onConfirm={() => remove.mutateAsync().then(() => void navigate('/segments'))}>{t('segments.remove.why')}</ConfirmDialog>
      ) : null}
    </>
  );
}
