import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useBlocker } from 'react-router';
import { ConfirmDialog } from './ConfirmDialog';

/** Asks before unsaved work is left: inside the console in its own words, at the tab's end in the browser's. */
export function LeaveGuard({ unsaved }: { unsaved: boolean }) {
  const { t } = useTranslation();
  const blocker = useBlocker(({ currentLocation, nextLocation }) => unsaved && currentLocation.pathname !== nextLocation.pathname);
  useEffect(() => {
    if (!unsaved) return;
    const stay = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', stay);
    return () => window.removeEventListener('beforeunload', stay);
  }, [unsaved]);
  return (
    <ConfirmDialog opened={blocker.state === 'blocked'} title={t('ui.leave.title')} confirm={t('ui.leave.confirm')} onClose={() => { if (blocker.state === 'blocked') blocker.reset(); }}
      onConfirm={() => { if (blocker.state === 'blocked') blocker.proceed(); return Promise.resolve(); }}>{t('ui.leave.why')}</ConfirmDialog>
  );
}
