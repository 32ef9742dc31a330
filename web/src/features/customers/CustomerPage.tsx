import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { problemOf } from '@/api/problem';
import { ErrorState } from '@/ui/ErrorState';
import { IconBack } from '@/ui/icons';
import { PageHeader } from '@/ui/PageHeader';
import { PageSkeleton } from '@/ui/PageSkeleton';
import { Section } from '@/ui/Section';
import { useIsPhone } from '@/ui/useIsPhone';
import { useUrlState } from '@/ui/useUrlState';
import { ViewTabs } from '@/ui/ViewTabs';
import { ArchiveCustomer } from './ArchiveCustomer';
import { Consents } from './Consents';
import { nameOf } from './customer';
import classes from './Customers.module.css';
import { Face } from './Face';
import { History } from './History';
import { Merges } from './Merges';
import { Orders } from './Orders';
import { useCustomer } from './queries';
import { Timeline } from './Timeline';
import { Value } from './Value';
import { Who } from './Who';

const parts = ['story', 'who', 'value'] as const;
const defaults = { part: 'story' };

/** Who, story, worth: side by side on a desk, one at a time on a phone. */
export default function CustomerPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { id = '' } = useParams();
  const phone = useIsPhone();
  const [url, setUrl] = useUrlState(defaults);
  const shown = parts.find((part) => part === url.part) ?? 'story';
  const { data, error, refetch } = useCustomer(id);
  if (!data) return error ? <><PageHeader title={t('customers.title')} /><ErrorState trouble={problemOf(error)} onRetry={() => void refetch()} /></> : <PageSkeleton />;
  const customer = data.data;
  return (
    <>
      <Button className={classes.back} component={Link} to="/customers" variant="subtle" color="gray" size="compact-sm" leftSection={<IconBack size={16} aria-hidden />}>{t('customers.title')}</Button>
      <PageHeader title={nameOf(customer)} />
      {error ? <ErrorState inline trouble={problemOf(error)} onRetry={() => void refetch()} /> : null}
      {phone ? <Face customer={customer} reach /> : null}
      {phone ? <ViewTabs label={t('customers.parts')} views={parts.map((part) => ({ id: part, name: t(`customers.part.${part}`) }))} value={shown} onChange={(part) => setUrl({ part }, { replace: true })} /> : null}
      <div className={classes.page} key={id}>
        {phone && shown !== 'who' ? null : (
          <div className={classes.left}>
            {phone ? null : <Face customer={customer} />}
            <Who customer={customer} />
            <div className={classes.foot}><Merges id={id} />{customer.archivedAt ? null : <Button component={Link} to={`/customers/${id}/merge`} variant="subtle" color="gray" size="compact-sm">{t('customers.merge.action')}</Button>}<ArchiveCustomer customer={customer} onArchived={() => void navigate('/customers')} /></div>
          </div>
        )}
        {phone && shown !== 'value' ? null : (
          <div className={classes.right}>
            <Section title={t('customers.value.title')}><Value id={id} /><History id={id} /></Section>
            <Consents customer={customer} />
            <Orders id={id} />
          </div>
        )}
        {phone && shown !== 'story' ? null : <div className={classes.middle}><Timeline id={id} archived={customer.archivedAt !== undefined} /></div>}
      </div>
    </>
  );
}
