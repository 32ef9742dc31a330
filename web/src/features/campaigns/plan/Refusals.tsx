import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { problemOf } from '@/api/problem';
import { TroubleText } from '@/ui/ErrorState';
import { ToneShape } from '@/ui/StateBadge';
import type { Campaign } from '../queries';
import classes from './Refusals.module.css';

/** Everything that keeps the campaign from going out, each with the way to mend it. */
export function Refusals({ error, campaign }: { error: unknown; campaign: Campaign }) {
  const { t } = useTranslation();
  const problem = problemOf(error);
  const way = ({ pointer, code }: { pointer: string; code: string }) => {
    if (pointer.startsWith('/template/')) return <Link to={`/templates/${campaign.templateId}`}>{t('campaigns.mend.template')}</Link>;
    return code === 'sender_missing' ? <Link to="/settings">{t('campaigns.mend.settings')}</Link> : null;
  };
  return (
    <div className={classes.root} role="alert">
      <p className={classes.head}><ToneShape tone="bad" /><TroubleText trouble={problem} /></p>
      {problem.fields.length > 0 ? <ul className={classes.list}>{problem.fields.map((field, i) => <li key={i}>{field.detail} {way(field)}</li>)}</ul> : null}
    </div>
  );
}
