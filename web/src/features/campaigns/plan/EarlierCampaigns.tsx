import { MultiSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import classes from './PlanForm.module.css';
import type { Plan } from './usePlan';

/** The campaigns that this one builds on, with a way to each. */
export function EarlierCampaigns({ plan, campaigns }: { plan: Plan; campaigns: readonly { id: string; name: string }[] }) {
  const { t } = useTranslation();
  const chosen = plan.values.basedOnIds === '' ? [] : plan.values.basedOnIds.split(' ');
  const known = chosen.filter((id) => campaigns.some((campaign) => campaign.id === id));
  return (
    <div className={classes.wide}>
      <MultiSelect label={t('campaigns.field.basedOnIds')} searchable value={known} maxValues={20} data={campaigns.map(({ id, name }) => ({ value: id, label: name }))} nothingFoundMessage={t('campaigns.none')}
        error={plan.errors.basedOnIds} onChange={(ids) => plan.keep({ basedOnIds: ids.join(' ') })} />
      {known.length > 0 ? <div className={classes.earlier}>{known.map((id) => <Link key={id} to={`/campaigns/${id}`}>{campaigns.find((campaign) => campaign.id === id)?.name}</Link>)}</div> : null}
    </div>
  );
}
