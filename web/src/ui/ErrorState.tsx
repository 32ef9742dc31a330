import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { IconRetry } from './icons';
import { ToneShape } from './StateBadge';
import classes from './States.module.css';

/** What ui needs of an ApiProblem; any Error fits. */
export interface Trouble { message: string; detail?: string; status?: number; requestId?: string | undefined }

interface Props { trouble: Trouble; /** What the person has not lost, in words. */ kept?: string; onRetry?: () => void; inline?: boolean }

export function ErrorState({ trouble, kept, onRetry, inline = false }: Props) {
  const { t } = useTranslation();
  return (
    <div className={inline ? classes.inline : classes.root} role="alert">
      <p className={classes.failed}><ToneShape tone="bad" /><TroubleText trouble={trouble} /></p>
      {kept ? <p className={classes.why}>{kept}</p> : null}
      {onRetry ? <Button variant="default" leftSection={<IconRetry size={16} aria-hidden />} onClick={onRetry}>{t('ui.error.retry')}</Button> : null}
      {!inline && trouble.requestId ? <p className={classes.code}>{t('ui.error.request', { id: trouble.requestId })}</p> : null}
    </div>
  );
}

/** The server's sentence when it sent one, ours by kind of failure otherwise. */
export function TroubleText({ trouble }: { trouble: Trouble }) {
  const { t } = useTranslation();
  if (trouble.detail) return <>{trouble.detail}</>;
  if (!trouble.status) return <>{t('ui.error.offline')}</>;
  if (trouble.status === 404) return <>{t('ui.error.missing')}</>;
  if (trouble.status === 403) return <>{t('ui.error.forbidden')}</>;
  if (trouble.status === 429) return <>{t('ui.error.busy')}</>;
  return <>{t('ui.error.server')}</>;
}
