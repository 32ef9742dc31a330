import { Button, Tooltip } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '@/lib/format';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { useLanguage } from '@/ui/useLanguage';
import { isProblem } from '@/api/problem';
import { useCrowd, useLaunch, type Campaign } from '../queries';

/** Says how many it sends to. What the server refuses is listed on the page, with the way to mend each. */
export function LaunchButton({ campaign, saving, onRefused }: { campaign: Campaign; saving: boolean; onRefused: (error: unknown) => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [asking, setAsking] = useState(false);
  const crowd = useCrowd(campaign);
  const launch = useLaunch(campaign.id);
  const count = crowd.data?.receives ?? 0;
  const words = crowd.data ? t('campaigns.launch.send', { count, shown: formatNumber(count, language) }) : t('campaigns.launch.open');
  const lacking = !campaign.segmentId ? t('campaigns.launch.noSegment') : !campaign.templateId ? t('campaigns.launch.noTemplate') : crowd.data && count === 0 ? t('campaigns.launch.nobody') : undefined;
  const start = async () => {
    onRefused(undefined);
    try {
      await launch.mutateAsync();
    } catch (error) {
      // A list of things to mend belongs on the page; the dialog would hide them when it closes.
      if (!isProblem(error) || error.fields.length === 0) throw error;
      onRefused(error);
    }
  };
  return (
    <>
      <Tooltip label={lacking} disabled={!lacking}>
        <Button data-disabled={lacking ? true : undefined} aria-disabled={lacking ? true : undefined} loading={saving || launch.isPending} onClick={() => { if (!lacking) setAsking(true); }}>{words}</Button>
      </Tooltip>
      <ConfirmDialog opened={asking} title={t('campaigns.launch.title', { name: campaign.name })} confirm={words} onClose={() => setAsking(false)} onConfirm={start}>{t('campaigns.launch.why')}</ConfirmDialog>
    </>
  );
}
