import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { problemOf } from '@/api/problem';
import { ErrorState } from '@/ui/ErrorState';
import { PageHeader } from '@/ui/PageHeader';
import { PageSkeleton } from '@/ui/PageSkeleton';
import { useUrlState } from '@/ui/useUrlState';
import { BackToImports } from './BackToImports';
import { Checked } from './Checked';
import { FileRows } from './FileRows';
import { kindOf, statusOf, stepOf, type ImportDetail } from './import';
import classes from './Imports.module.css';
import { Matching } from './Matching';
import { useImport } from './queries';
import { Result } from './Result';
import { StatusBadge } from './StatusBadge';
import { Steps } from './Steps';
import { UploadAgain } from './UploadAgain';
import { Working } from './Working';

const defaults = { step: '' };

/** A file on its way in, four steps on one page. */
export default function ImportPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const [url, setUrl] = useUrlState(defaults);
  const { data, error, refetch } = useImport(id);
  if (!data) return error ? <><PageHeader title={t('imports.title')} /><ErrorState trouble={problemOf(error)} onRetry={() => void refetch()} /></> : <PageSkeleton />;
  const matching = data.status === 'mapping' || (data.status === 'ready' && url.step === 'match');
  const ended = ['succeeded', 'partlyFailed', 'canceled', 'undone'].includes(data.status);
  return (
    <div className={classes.page}>
      <BackToImports />
      <PageHeader title={data.fileName}><span className={classes.hint}>{t(`imports.kind.${kindOf(data.kind)}`)}</span><StatusBadge status={data.status} /></PageHeader>
      <Steps at={matching ? 'match' : stepOf(data.status)} done={ended} />
      {error ? <ErrorState inline trouble={problemOf(error)} onRetry={() => void refetch()} /> : null}
      <Stage key={matching ? 'match' : data.status} detail={data} matching={matching} onMatch={(again) => setUrl({ step: again ? 'match' : '' })} />
    </div>
  );
}

function Stage({ detail, matching, onMatch }: { detail: ImportDetail; matching: boolean; onMatch: (again: boolean) => void }) {
  const status = statusOf(detail.status);
  if (matching) return <><Matching detail={detail} onChecking={() => onMatch(false)} /><FileRows detail={detail} /></>;
  if (status === 'awaitingFile') return <UploadAgain detail={detail} />;
  if (status === 'ready') return <Checked detail={detail} onMatch={() => onMatch(true)} />;
  if (status === 'checking' || status === 'committing' || status === 'undoing') return <><Working detail={detail} /><FileRows detail={detail} /></>;
  return <Result detail={detail} />;
}
