import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { problemOf } from '@/api/problem';
import { formatMoneyShort, formatNumber, formatPercent } from '@/lib/format';
import { ErrorState } from '@/ui/ErrorState';
import { Section } from '@/ui/Section';
import { Truncate } from '@/ui/Truncate';
import { useLanguage } from '@/ui/useLanguage';
import classes from './Home.module.css';
import { useMorning, type Attention } from './queries';

/** Who needs a look today, each with the reason and one thing to do. */
export function People() {
  const { t } = useTranslation();
  const { data, error, refetch } = useMorning();
  return (
    <Section title={t('home.people.title')}>
      {error ? <ErrorState inline trouble={problemOf(error)} onRetry={() => void refetch()} /> : null}
      {data?.people.length === 0 ? <p className={classes.faint}>{t('home.people.none')}</p> : null}
      <ul className={classes.people} aria-busy={!data && !error}>
        {data?.people.map((person) => <Person key={person.customerId} person={person} />)}
      </ul>
    </Section>
  );
}

function Person({ person }: { person: Attention }) {
  const { t } = useTranslation();
  const why = useReason(person);
  return (
    <li>
      <div><Truncate><strong>{person.name || t('home.people.unnamed')}</strong></Truncate><p className={classes.faint}>{why}</p></div>
      <Button component={Link} to={`/customers/${person.customerId}`} variant="default" size="compact-sm">{t(`home.people.action.${person.reason}`)}</Button>
    </li>
  );
}

function useReason({ reason, days = 0, pAlive = 0, amount }: Attention): string {
  const { t } = useTranslation();
  const language = useLanguage();
  const money = amount ? formatMoneyShort(amount, language) : '';
  const values = { count: days, shown: formatNumber(days, language), money, chance: formatPercent(pAlive, language, 0) };
  return reason === 'birthday' && days === 0 ? t('home.people.today') : t(`home.people.why.${reason}`, values);
}
