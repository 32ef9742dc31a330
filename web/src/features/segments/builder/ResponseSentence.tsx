import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '@/ui/useLanguage';
import { useCampaignNames } from '../queries';
import type { ResponseLeaf } from '@/ui/rule/rule';
import classes from './Builder.module.css';
import { useBuilder } from './useBuilder';

const responses = ['delivered', 'opened', 'clicked', 'bought', 'unsubscribed', 'bounced', 'complained'] as const;

export function ResponseSentence({ leaf }: { leaf: ResponseLeaf }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { set } = useBuilder();
  const campaigns = useCampaignNames().data ?? [];
  const campaign = (
    <NativeSelect key="campaign" variant="unstyled" aria-label={t('segments.builder.campaign')} className={classes.word} value={leaf.campaignId} onChange={({ currentTarget }) => set({ ...leaf, campaignId: currentTarget.value })}
      data={[{ value: '', label: t('segments.builder.chooseCampaign') }, ...campaigns.map(({ id, name }) => ({ value: id, label: name }))]} />
  );
  const response = (
    <NativeSelect key="response" variant="unstyled" aria-label={t('segments.builder.response')} className={classes.word} value={leaf.response} onChange={({ currentTarget }) => set({ ...leaf, response: currentTarget.value })}
      data={responses.map((kind) => ({ value: kind, label: t(`segments.response.${kind}`) }))} />
  );
  return language === 'ko' ? [campaign, response] : [response, campaign];
}
