import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import { ErrorState } from '@/ui/ErrorState';
import { PageHeader } from '@/ui/PageHeader';
import { Section } from '@/ui/Section';
import { CampaignActions } from './CampaignActions';
import classes from './CampaignView.module.css';
import { CrowdShrinks } from './plan/CrowdShrinks';
import { PlanForm } from './plan/PlanForm';
import { Refusals } from './plan/Refusals';
import { usePlan } from './plan/usePlan';
import { useReport, type Campaign } from './queries';
import { Flight } from './result/Flight';
import { Result } from './result/Result';
import { StatusBadge } from './StatusBadge';

/** One page from plan to result: the plan stays at the left, at the right whatever the campaign is at. */
export function CampaignView({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation();
  const draft = campaign.status === 'draft';
  const report = useReport(campaign.id, !draft);
  const plan = usePlan(campaign);
  const [refused, setRefused] = useState<unknown>();
  const status = report.data?.status ?? campaign.status;
  return (
    <>
      <PageHeader title={campaign.name} action={<CampaignActions campaign={campaign} status={status} report={report.data} saving={plan.saving} onRefused={setRefused} />}>
        <StatusBadge status={status} />
        <span className={classes.saved} role="status">{plan.saving ? t('campaigns.saving') : plan.saved ? t('campaigns.saved') : ''}</span>
      </PageHeader>
      {refused ? <Refusals error={refused} campaign={campaign} /> : null}
      <div className={classes.root}>
        <div className={classes.plan}><PlanForm campaign={campaign} plan={plan} /></div>
        <div className={classes.right} data-draft={draft || undefined}>
          {draft ? <Section title={t('campaigns.crowd.title')}><CrowdShrinks campaign={campaign} /></Section> : null}
          {report.error ? <ErrorState inline={report.data !== undefined} trouble={problemOf(report.error)} onRetry={() => void report.refetch()} /> : null}
          {report.data ? <><Flight report={report.data} /><Result report={report.data} campaign={campaign} /></> : null}
        </div>
      </div>
    </>
  );
}
