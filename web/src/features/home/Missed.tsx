import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { problemOf } from '@/api/problem';
import { formatNumber } from '@/lib/format';
import { formatPhone } from '@/lib/phone';
import { ErrorState } from '@/ui/ErrorState';
import { Quantity } from '@/ui/figures';
import { Section } from '@/ui/Section';
import { Truncate } from '@/ui/Truncate';
import { useLanguage } from '@/ui/useLanguage';
import classes from './Home.module.css';
import { useMissed, useRfm, type Customer } from './queries';

const shown = 5;
const nameOf = ({ name, email, phone, id }: Customer) => name ?? email ?? (phone ? formatPhone(phone) : id);

/** Who needs a look today: regulars who have not come for two months, with the reason and one thing to do. */
export function Missed() {
  const { t } = useTranslation();
  const { data, error, refetch } = useMissed();
  const people = (data?.sample ?? []).slice(0, shown);
  return (
    <Section title={t('home.missed.title')} action={data && data.count > people.length ? <span className={classes.faint}><Quantity value={data.count} unit="people" /></span> : null}>
      {error ? <ErrorState inline trouble={problemOf(error)} onRetry={() => void refetch()} /> : null}
      {data && people.length === 0 ? <p className={classes.faint}>{t('home.missed.none')}</p> : null}
      <ul className={classes.people} aria-busy={!data && !error}>
        {people.map((person) => <Person key={person.id} person={person} />)}
      </ul>
    </Section>
  );
}

function Person({ person }: { person: Customer }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const rfm = useRfm(person.id).data;
  return (
    <li>
      <div><Truncate><strong>{nameOf(person)}</strong></Truncate><p className={classes.faint}>{rfm ? t('home.missed.since', { orders: formatNumber(rfm.orders, language), count: rfm.daysSinceLast, shown: formatNumber(rfm.daysSinceLast, language) }) : t('home.missed.reason')}</p></div>
      <Button component={Link} to={`/customers/${person.id}`} variant="default" size="compact-sm">{t('home.missed.action')}</Button>
    </li>
  );
}
