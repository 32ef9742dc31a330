import { useTranslation } from 'react-i18next';
import type { Adopted } from './customFieldQueries';
import classes from './Settings.module.css';

const words = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** The values of customers that a definition does not fit: before it is made, or that it left as they are. */
export function FieldFindings({ found, done }: { found: Adopted; done: boolean }) {
  const { t } = useTranslation();
  return (
    <div role="alert" className={classes.once}>
      <p className={classes.wrong}>{done ? t('settings.fields.left', { count: found.misfits }) : t('settings.fields.misfits', { count: found.misfits, values: found.values })}</p>
      <ul className={classes.misfits}>{found.problems.slice(0, 5).map(({ customerId, value, detail }) => <li key={customerId}><code>{words(value)}</code> — {detail}</li>)}</ul>
    </div>
  );
}
