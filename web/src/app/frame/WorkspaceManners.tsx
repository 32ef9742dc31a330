import { useEffect, useMemo, type ReactNode } from 'react';
import { keepManner, useMe } from '@/features/session/queries';
import { readPreference } from '@/lib/preferences';
import { ownTimeZone } from '@/lib/place';
import { WorkspaceContext, type WorkspaceManner } from '@/ui/workspace';

function kept(): WorkspaceManner {
  const [timeZone, currency] = (readPreference('manner') ?? '').split(' ');
  return { timeZone: timeZone || ownTimeZone(), currency: currency || 'KRW' };
}

/** Time zone and currency of the workspace, for every figure below; from the last visit until /v1/me answers. */
export function WorkspaceManners({ children }: { children: ReactNode }) {
  const { data } = useMe();
  const timeZone = data?.workspace.timeZone;
  const currency = data?.workspace.currency;
  const manner = useMemo(() => (timeZone && currency ? { timeZone, currency } : kept()), [timeZone, currency]);
  useEffect(() => {
    if (timeZone && currency) keepManner({ timeZone, currency });
  }, [timeZone, currency]);
  return <WorkspaceContext value={manner}>{children}</WorkspaceContext>;
}
