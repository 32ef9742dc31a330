import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { formatNumber } from '@/lib/format';
import { ErrorState } from '@/ui/ErrorState';
import { Section } from '@/ui/Section';
import { useLanguage } from '@/ui/useLanguage';
import classes from './Quality.module.css';
import { nameOf } from './quality';
import { useDuplicates, type Group } from './queries';

/** Groups of records that are likely to be one person; the first one stays when they are merged. */
export function Duplicates({ groups, customers }: { groups: number; customers: number }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const list = useDuplicates();
  return (
    <Section title={t('quality.duplicates')}>
      <p className={classes.none}>{groups === 0 ? t('quality.noDuplicates') : t('quality.groups', { groups: formatNumber(groups, language), customers: formatNumber(customers, language) })}</p>
      {list.trouble ? <ErrorState inline trouble={list.trouble} onRetry={list.onRetry} /> : null}
      <ul className={classes.groups}>{list.rows?.map((group) => <Alike key={group.customers?.[0]?.id} group={group} />)}</ul>
      {list.more.has ? <Button variant="default" size="compact-sm" loading={list.more.loading} onClick={list.more.load}>{t('quality.more')}</Button> : null}
    </Section>
  );
}

const keys = ['phone', 'email', 'nameBirth', 'namePhone'] as const;

function Alike({ group }: { group: Group }) {
  const { t } = useTranslation();
  const [first, ...others] = group.customers ?? [];
  if (!first) return null;
  const why = keys.filter((key) => group.keys?.includes(key)).map((key) => t(`quality.key.${key}`)).join(', ');
  return (
    <li>
      <p className={classes.why}>{why}</p>
      <div className={classes.alike}><Link to={`/customers/${first.id}`}>{nameOf(first)}</Link><span>{[first.email, first.phone].filter(Boolean).join(' · ')}</span></div>
      {others.map((other) => (
        <div key={other.id} className={classes.alike}>
          <Link to={`/customers/${other.id}`}>{nameOf(other)}</Link><span>{[other.email, other.phone].filter(Boolean).join(' · ')}</span>
          <Button component={Link} to={`/customers/${first.id}/merge?with=${other.id}`} variant="default" size="compact-sm" aria-label={t('quality.mergeNamed', { one: nameOf(first), other: nameOf(other) })}>{t('quality.merge')}</Button>
        </div>
      ))}
    </li>
  );
}
