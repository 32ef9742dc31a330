import { ActionIcon, Button, Menu } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { formatNumber } from '@/lib/format';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { IconMore } from '@/ui/icons';
import { useLanguage } from '@/ui/useLanguage';
import { LaunchButton } from './plan/LaunchButton';
import { replan } from './plan/values';
import { isUnderWay, useCreateCampaign, useDeleteCampaign, useSteer, type Campaign, type Report } from './queries';

interface Props { campaign: Campaign; status: string; report: Report | undefined; saving: boolean; onRefused: (error: unknown) => void }

/** What can be done next, by where the campaign stands; the rest under More. */
export function CampaignActions({ campaign, status, report, saving, onRefused }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const navigate = useNavigate();
  const [asking, setAsking] = useState<'remove' | 'cancel'>();
  const again = useCreateCampaign();
  const remove = useDeleteCampaign(campaign.id);
  const steer = useSteer(campaign.id);
  const pending = report?.counts.pending ?? 0;
  const refuse = { onError: onRefused, onSuccess: () => onRefused(undefined) };
  const plan = () => again.mutate(replan(campaign, t('campaigns.replan.name', { name: campaign.name })), { onSuccess: ({ id }) => void navigate(`/campaigns/${id}`), onError: onRefused });
  const draft = status === 'draft';
  return (
    <>
      {draft ? (
        <Menu>
          <Menu.Target><ActionIcon variant="default" size="input-sm" aria-label={t('campaigns.more')}><IconMore size={18} aria-hidden /></ActionIcon></Menu.Target>
          <Menu.Dropdown><Menu.Item onClick={plan}>{t('campaigns.replan.copy')}</Menu.Item><Menu.Item onClick={() => setAsking('remove')}>{t('campaigns.remove.item')}</Menu.Item></Menu.Dropdown>
        </Menu>
      ) : null}
      {isUnderWay(status) ? <Button variant="default" onClick={() => setAsking('cancel')}>{t('campaigns.cancel.item')}</Button> : null}
      {status === 'planning' || status === 'sending' ? <Button loading={steer.isPending} onClick={() => steer.mutate('pause', refuse)}>{t('campaigns.pause')}</Button> : null}
      {status === 'paused' || status === 'stopped' ? <Button loading={steer.isPending} onClick={() => steer.mutate('resume', refuse)}>{t('campaigns.resume')}</Button> : null}
      {status === 'sent' || status === 'canceled' ? <Button loading={again.isPending} onClick={plan}>{t('campaigns.replan.item')}</Button> : null}
      {draft ? <LaunchButton campaign={campaign} saving={saving} onRefused={onRefused} /> : null}
      <ConfirmDialog opened={asking === 'remove'} danger title={t('campaigns.remove.title', { name: campaign.name })} confirm={t('campaigns.remove.confirm')} onClose={() => setAsking(undefined)}
        onConfirm={() => remove.mutateAsync().then(() => void navigate('/campaigns'))}>{t('campaigns.remove.why')}</ConfirmDialog>
      <ConfirmDialog opened={asking === 'cancel'} danger title={t('campaigns.cancel.title')} confirm={t('campaigns.cancel.confirm', { count: pending, shown: formatNumber(pending, language) })} onClose={() => setAsking(undefined)}
        onConfirm={() => steer.mutateAsync('cancel')}>{t('campaigns.cancel.why')}</ConfirmDialog>
    </>
  );
}
