import { useTranslation } from 'react-i18next';
import { useRouteError } from 'react-router';
import { ErrorState } from '@/ui/ErrorState';

/** A page that throws, or a chunk that no longer exists after a release: reloading brings the new one. */
export function CrashPage() {
  const { t } = useTranslation();
  const error = useRouteError();
  return <ErrorState trouble={{ message: String(error), detail: t('frame.crashed') }} onRetry={() => window.location.reload()} />;
}
