import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { LedgerBar } from '@/ui/LedgerBar';
import { Section } from '@/ui/Section';
import { StateBadge } from '@/ui/StateBadge';
import classes from './Home.module.css';
import { useCampaignsInFlight, useReport, type Campaign } from './queries';

const shown = 3;
const statuses = ['planning', 'sending', 'paused', 'stopped'] as const;

/** Campaigns under way, each with its ledger; nothing at all when there are none. */
export function InFlight() {
  const { t } = useTranslation();
  const { data } = useCampaignsInFlight();
  if (!data || data.length === 0) return null;
  return <Section title={t('home.flying')}><ul className={classes.flying}>{data.slice(0, shown).map((campaign) => <Flying key={campaign.id} campaign={campaign} />)}</ul></Section>;
}

function Flying({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation();
  const { data } = useReport(campaign.id);
  const status = statuses.find((known) => known === campaign.status) ?? 'planning';
  return (
    <li>
      <p className={classes.head}><Link to={`/campaigns/${campaign.id}`}>{campaign.name}</Link><StateBadge tone={status === 'sending' || status === 'planning' ? 'neutral' : 'attention'}>{t(`home.status.${status}`)}</StateBadge></p>
      {data ? <LedgerBar counts={data.counts} /> : null}
    </li>
  );
}
