import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { problemOf } from '@/api/problem';
import { formatNumber } from '@/lib/format';
import { ErrorState } from '@/ui/ErrorState';
import { useLanguage } from '@/ui/useLanguage';
import { segmentPath } from '../paths';
import { useCrowd, type Campaign, type Crowd } from '../queries';
import { StepBars, type Step } from '../StepBars';
import classes from './CrowdShrinks.module.css';

/** Rules that find those who fall away, where a rule can. */
const findable: Partial<Record<Crowd['steps'][number]['reason'], object>> = {
  noConsent: { field: 'customer.consents.email.marketing', op: 'ne', value: 'granted' },
  invalidAddress: { field: 'customer.email', op: 'isEmpty' },
};

/** In segment -> consent -> suppression -> address -> hold-out -> will get it; each step with its reason and, where there is one, a list. */
export function CrowdShrinks({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const crowd = useCrowd(campaign);
  if (!campaign.segmentId) return <p className={classes.note}>{t('campaigns.crowd.noSegment')}</p>;
  if (crowd.error) return <ErrorState inline trouble={problemOf(crowd.error)} onRetry={() => void crowd.refetch()} />;
  const number = (value: number) => formatNumber(value, language);
  const steps: Step[] = crowd.data ? [
    { id: 'segment', label: t('campaigns.crowd.segment'), value: crowd.data.segment },
    ...crowd.data.steps.filter(({ reason, lost }) => lost > 0 || reason === 'noConsent' || reason === 'holdout').map(({ reason, lost, left }) => {
      const rule = findable[reason];
      return {
        id: reason, label: t(`campaigns.crowd.${reason}`), value: left, lost: lost > 0 ? t('campaigns.crowd.lost', { count: lost, shown: number(lost) }) : undefined,
        list: rule && lost > 0 ? <Link to={segmentPath({ all: [{ segment: campaign.segmentId }, rule] }, t(`campaigns.crowd.${reason}`))}>{t('campaigns.crowd.list')}</Link> : undefined,
      };
    }),
    { id: 'receives', label: t('campaigns.crowd.receives'), value: crowd.data.receives, strong: true },
  ] : [];
  return (
    <div aria-busy={crowd.isFetching}>
      {crowd.data ? <StepBars steps={steps} most={crowd.data.segment} /> : <div className={classes.waiting}>{t('campaigns.crowd.counting')}</div>}
      <p className={classes.note}>{campaign.templateId ? t('campaigns.crowd.now') : t('campaigns.launch.noTemplate')}</p>
    </div>
  );
}
