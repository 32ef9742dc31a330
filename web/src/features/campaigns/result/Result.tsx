import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Section } from '@/ui/Section';
import { segmentPath } from '../paths';
import type { Campaign, Report } from '../queries';
import { StepBars, type Step } from '../StepBars';
import { HoldoutComparison } from './HoldoutComparison';
import { MoneyInOut } from './MoneyInOut';
import { People } from './People';
import classes from './Result.module.css';

const funnel = ['delivered', 'opened', 'clicked', 'bought'] as const;
const aside = ['openedByMachine', 'unsubscribed', 'bounced', 'complained'] as const;

/** From reached to bought, against the hold-out, in money, and the people behind it all. */
export function Result({ report, campaign }: { report: Report; campaign: Campaign }) {
  const { t } = useTranslation();
  const { counts, responses } = report;
  const behind = (kind: string) => segmentPath({ all: [{ response: { campaignId: campaign.id, kind } }] }, `${campaign.name} · ${t(`campaigns.response.${kind}`)}`);
  const steps: Step[] = [
    { id: 'audience', label: t('campaigns.response.audience'), value: report.audience },
    { id: 'planned', label: t('campaigns.response.planned'), value: counts.planned },
    { id: 'accepted', label: t('campaigns.response.accepted'), value: counts.accepted, of: counts.planned },
    ...funnel.map((kind) => ({ id: kind, label: (responses[kind] ?? 0) > 0 ? <Link to={behind(kind)} className={classes.link}>{t(`campaigns.response.${kind}`)}</Link> : t(`campaigns.response.${kind}`), value: responses[kind] ?? 0, of: counts.accepted, strong: kind === 'bought' })),
  ];
  return (
    <>
      <Section title={t('campaigns.result.funnel')}>
        <StepBars steps={steps} most={report.audience} />
        <p className={classes.facts}>
          {aside.filter((kind) => (responses[kind] ?? 0) > 0).map((kind) => <span key={kind}>{kind === 'openedByMachine' ? t('campaigns.response.openedByMachine') : <Link to={behind(kind)} className={classes.link}>{t(`campaigns.response.${kind}`)}</Link>} <data value={responses[kind]}>{responses[kind]}</data></span>)}
        </p>
      </Section>
      {report.holdoutComparison ? <Section title={t('campaigns.result.holdout')}><HoldoutComparison comparison={report.holdoutComparison} expected={campaign.expectedUplift} /></Section> : null}
      <Section title={t('campaigns.result.money')}><MoneyInOut report={report} budget={campaign.budget} /></Section>
      <Section title={t('campaigns.result.people')}><People report={report} id={campaign.id} /></Section>
    </>
  );
}
