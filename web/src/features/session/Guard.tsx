import { Loader } from '@mantine/core';
import { useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useLocation } from 'react-router';
import { problemOf, type ApiProblem } from '@/api/problem';
import { onToken, refresh, token } from '@/api/token';
import { ErrorState } from '@/ui/ErrorState';
import classes from './Session.module.css';

/** Lets in whoever has a session; after a reload the refresh cookie brings it back. Others go to log in and return to where they wanted. */
export function Guard({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const held = useSyncExternalStore(onToken, token);
  const [refused, setRefused] = useState(false);
  const [trouble, setTrouble] = useState<ApiProblem>();
  const { pathname, search } = useLocation();

  useEffect(() => {
    if (held || refused || trouble) return;
    refresh().then((known) => setRefused(!known), (error: unknown) => setTrouble(problemOf(error)));
  }, [held, refused, trouble]);

  if (held) return children;
  if (trouble) return <main className={classes.center}><ErrorState trouble={trouble} kept={t('session.unreachable')} onRetry={() => setTrouble(undefined)} /></main>;
  if (refused) {
    const wanted = pathname + search;
    return <Navigate replace to={wanted === '/' ? '/login' : `/login?next=${encodeURIComponent(wanted)}`} />;
  }
  return <main className={classes.center} aria-busy="true" aria-label={t('ui.loading')}><Loader color="gray" size="sm" className={classes.late} /></main>;
}
