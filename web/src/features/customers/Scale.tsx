import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Value.module.css';

const bands = [1, 2, 3, 4, 5] as const;

/** One of R, F, M: five steps, the number said in words for those who do not see them. */
export function Scale({ name, band, children }: { name: string; band: number; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className={classes.scale}>
      <dt>{name}</dt>
      <dd className={classes.steps}>
        <span aria-hidden="true">{bands.map((step) => <i key={step} data-on={step <= band || undefined} />)}</span>
        <b>{t('customers.value.band', { band })}</b>
      </dd>
      <dd className={classes.figure}>{children}</dd>
    </div>
  );
}
