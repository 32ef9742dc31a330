import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Truncate } from '@/ui/Truncate';
import type { Member } from '../queries';
import classes from './Crowd.module.css';

export const nameOf = (person: Member): string => person.name ?? person.email ?? person.phone ?? person.externalId ?? person.id;

/** Up to ten of those who meet the rule, to see whether it says what was meant. */
export function Sample({ people }: { people: readonly Member[] }) {
  const { t } = useTranslation();
  if (people.length === 0) return <p className={classes.note}>{t('segments.sample.none')}</p>;
  return (
    <ul className={classes.people}>
      {people.map((person) => (
        <li key={person.id}>
          <Link to={`/customers/${person.id}`} className={classes.person}>
            <Truncate>{nameOf(person)}</Truncate>
            <span className={classes.detail}><Truncate>{person.email ?? person.phone ?? person.address?.region}</Truncate></span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
