import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import { ErrorState } from '@/ui/ErrorState';
import { PageHeader } from '@/ui/PageHeader';
import { PageSkeleton } from '@/ui/PageSkeleton';
import { Checklist } from './Checklist';
import classes from './Home.module.css';
import { InFlight } from './InFlight';
import { People } from './Morning';
import { useChecklist, useHome } from './queries';
import { Tiles } from './Tiles';
import { VerifyBar } from './VerifyBar';
import { Welcome } from './Welcome';

/** The owner's morning: what changed, who needs a look, what is under way, what is left to set up. */
export default function HomePage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useHome();
  const checklist = useChecklist().data;
  if (!data) return error ? <ErrorState trouble={problemOf(error)} onRetry={() => void refetch()} /> : <PageSkeleton />;
  const { workspace, user, emailVerified } = data;
  // Nobody here yet, neither real nor sample: the page would be all zeroes.
  const blank = !workspace.sample && checklist?.steps.find(({ key }) => key === 'customers')?.done === false;
  return (
    <>
      <PageHeader title={t('home.title')} />
      {user && !emailVerified ? <VerifyBar email={user.email} /> : null}
      {blank ? <Welcome company={workspace.company} /> : <Tiles />}
      <div className={classes.columns}>
        {blank ? null : <div><People /><InFlight /></div>}
        <Checklist />
      </div>
    </>
  );
}
