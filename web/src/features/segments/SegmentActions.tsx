import { ActionIcon, Button, Menu } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useFrame } from '@/app/frame/useFrame';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { IconMore } from '@/ui/icons';
import { FreezeDialog } from './FreezeDialog';
import { useDeleteSegment, useExportSegment, type Format, type Segment } from './queries';

const formats: readonly Format[] = ['csv', 'xlsx', 'parquet'];

interface Props { segment: Segment | undefined; etag: string | undefined; changed: boolean; onSave: () => void; onSettings: () => void }

/** Save while something is unsaved; else the next step of the loop, a campaign. */
export function SegmentActions({ segment, etag, changed, onSave, onSettings }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { show } = useFrame();
  const [removing, setRemoving] = useState(false);
  const [freezing, setFreezing] = useState(false);
  const exporting = useExportSegment();
  const remove = useDeleteSegment(segment?.id ?? '', etag);
  return (
    <>
      {segment ? (
        <Menu>
          <Menu.Target><ActionIcon variant="default" size="input-sm" aria-label={t('segments.more')}><IconMore size={18} aria-hidden /></ActionIcon></Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{t('segments.export')}</Menu.Label>
            {formats.map((format) => <Menu.Item key={format} onClick={() => exporting.mutate({ id: segment.id, format }, { onSuccess: () => show('jobs') })}>{t(`segments.format.${format}`)}</Menu.Item>)}
            <Menu.Divider />
            <Menu.Item onClick={() => setFreezing(true)}>{t('segments.freeze.item')}</Menu.Item>
            <Menu.Item onClick={onSettings}>{t('segments.settings')}</Menu.Item>
            <Menu.Item onClick={() => setRemoving(true)}>{t('segments.remove.item')}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      ) : null}
      {changed || !segment ? <Button onClick={onSave}>{t('segments.save.open')}</Button> : <Button component={Link} to={`/campaigns?new=${segment.id}`}>{t('segments.toCampaign')}</Button>}
      {segment && freezing ? <FreezeDialog segment={segment} onClose={() => setFreezing(false)} /> : null}
      {segment ? (
        <ConfirmDialog opened={removing} danger title={t('segments.remove.title', { name: segment.name })} confirm={t('segments.remove.confirm')} onClose={() => setRemoving(false)}
          onConfirm={() => remove.mutateAsync().then(() => void navigate('/segments'))}>{t('segments.remove.why')}</ConfirmDialog>
      ) : null}
    </>
  );
}
