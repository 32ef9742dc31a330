import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/api/me';
import { useSegmentNames } from '@/api/segmentNames';
import { ErrorState } from '@/ui/ErrorState';
import { Section } from '@/ui/Section';
import { useWorkspace } from '@/ui/workspace';
import { useCampaignNames, useTemplateNames, type Campaign } from '../queries';
import { PlanChoice, PlanDate, PlanNumber, PlanText } from './PlanFields';
import classes from './PlanForm.module.css';
import type { Plan } from './usePlan';
import { EarlierCampaigns } from './EarlierCampaigns';

const channels = ['email', 'sms', 'call', 'letter', 'fax', 'web', 'task', 'webhook'] as const;

/** All of the plan. What is sent to whom is fixed once the campaign was launched; the rest may be written on. */
export function PlanForm({ campaign, plan }: { campaign: Campaign; plan: Plan }) {
  const { t } = useTranslation();
  const { currency } = useWorkspace();
  const client = useQueryClient();
  const segments = useSegmentNames().data ?? [];
  const templates = useTemplateNames().data ?? [];
  const me = useMe().data?.user;
  const fixed = campaign.status !== 'draft';
  const option = ({ id, name }: { id: string; name: string }) => ({ value: id, label: name });
  const stale = plan.trouble?.status === 412;
  const owners = [{ value: '', label: t('campaigns.none') }, ...(me ? [{ value: me.id, label: me.email }] : []), ...(campaign.ownerId && campaign.ownerId !== me?.id ? [{ value: campaign.ownerId, label: campaign.ownerId }] : [])];
  return (
    <>
      {plan.trouble ? <ErrorState inline trouble={stale ? { message: '', detail: t('campaigns.stale') } : plan.trouble} kept={t('campaigns.kept')} onRetry={stale ? undefined : () => plan.keep()} /> : null}
      {stale ? <Button mt="sm" variant="default" onClick={() => { plan.renew(); void client.invalidateQueries({ queryKey: ['campaigns', 'one', campaign.id] }); }}>{t('campaigns.renew')}</Button> : null}
      <Section title={t('campaigns.plan.what')}>
        <div className={classes.grid}>
          <PlanChoice plan={plan} name="segmentId" disabled={fixed} to={`/segments/${campaign.segmentId}`} data={[{ value: '', label: t('campaigns.plan.chooseSegment') }, ...segments.map(option)]} wide />
          <PlanChoice plan={plan} name="templateId" disabled={fixed} to={`/templates/${campaign.templateId}`} data={[{ value: '', label: t('campaigns.plan.chooseTemplate') }, ...templates.map(option)]} wide />
          <PlanText plan={plan} name="subject" disabled={fixed} hint={t('campaigns.plan.subjectHint')} max={500} wide />
          <PlanChoice plan={plan} name="channel" disabled={fixed} data={channels.map((value) => ({ value, label: t(`campaigns.channel.${value}`) }))} why={plan.values.channel === 'email' ? undefined : t('campaigns.plan.channelNotYet')} />
          <PlanNumber plan={plan} name="holdoutPercent" disabled={fixed} suffix="%" max={50} why={t('campaigns.plan.holdoutWhy')} />
        </div>
      </Section>
      <Section title={t('campaigns.plan.why')}>
        <div className={classes.grid}>
          <PlanText plan={plan} name="name" max={200} wide />
          <PlanText plan={plan} name="purpose" max={2000} rows={2} hint={t('campaigns.plan.purposeHint')} wide />
          <PlanText plan={plan} name="description" max={10000} rows={2} wide />
          <PlanDate plan={plan} name="startsAt" />
          <PlanDate plan={plan} name="endsAt" />
          <PlanNumber plan={plan} name="budget" money={currency} />
          <PlanNumber plan={plan} name="cost" money={currency} />
          <PlanNumber plan={plan} name="targetCount" />
          <PlanNumber plan={plan} name="expectedUplift" suffix={t('campaigns.points')} negative why={t('campaigns.plan.upliftWhy')} />
          <PlanChoice plan={plan} name="ownerId" data={owners} />
          <PlanText plan={plan} name="department" max={200} />
          <PlanText plan={plan} name="notes" max={10000} rows={3} wide />
          <EarlierCampaigns plan={plan} campaigns={(useCampaignNames().data ?? []).filter(({ id }) => id !== campaign.id)} />
        </div>
      </Section>
    </>
  );
}
