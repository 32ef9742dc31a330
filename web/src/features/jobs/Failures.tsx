import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ErrorState } from '@/ui/ErrorState';
import { Truncate } from '@/ui/Truncate';
import classes from './Jobs.module.css';
import { useCustomerName, useFailures } from './queries';

/** Who was left as they were, each with the reason. */
export function Failures({ jobId, onLeave }: { jobId: string; onLeave: () => void }) {
  const { t } = useTranslation();
  const { rows, more, trouble, onRetry } = useFailures(jobId);
  return (
    <div className={classes.failures}>
      {trouble ? <ErrorState inline trouble={trouble} onRetry={onRetry} /> : null}
      <ul className={classes.list} aria-busy={rows === undefined && !trouble}>
        {(rows ?? []).map(({ customerId, detail }) => <Failed key={customerId} id={customerId} why={detail} onLeave={onLeave} />)}
      </ul>
      {more.has ? <Button variant="subtle" size="compact-sm" loading={more.loading} onClick={more.load}>{t('ui.table.more')}</Button> : null}
    </div>
  );
}

function Failed({ id, why, onLeave }: { id: string; why: string; onLeave: () => void }) {
  const name = useCustomerName(id);
  return (
    <li className={classes.failed}>
      <Truncate>{name === undefined ? id : <Link to={`/customers/${id}`} onClick={onLeave}>{name}</Link>}</Truncate>
      <span>{why}</span>
    </li>
  );
}
