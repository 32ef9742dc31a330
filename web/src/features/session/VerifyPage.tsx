import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { StateBadge } from '@/ui/StateBadge';
import { QuietPage } from './QuietPage';
import { useVerifyEmail } from './queries';
import classes from './Session.module.css';

/** Where the link in the verification mail lands. It works without a session: the mail may open on another device. */
export default function VerifyPage() {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const token = params.get('token') ?? '';
  const { mutate, isSuccess, isError } = useVerifyEmail();
  const sent = useRef(false);
  useEffect(() => {
    // The token is good for one use: a second send (strict mode, a re-render) would call it spent.
    if (!token || sent.current) return;
    sent.current = true;
    mutate(token);
  }, [mutate, token]);

  return (
    <QuietPage title={t('session.verify.title')}>
      <div role="status" className={classes.form}>
        {!token ? <p>{t('session.verify.missing')}</p> : null}
        {token && !isSuccess && !isError ? <p>{t('session.verify.working')}</p> : null}
        {isSuccess ? <><p><StateBadge tone="good">{t('session.verify.done')}</StateBadge></p><p className={classes.lead}>{t('session.verify.doneWhy')}</p></> : null}
        {isError ? <><p><StateBadge tone="bad">{t('session.verify.failed')}</StateBadge></p><p className={classes.lead}>{t('session.verify.failedWhy')}</p></> : null}
      </div>
      <p className={classes.other}><Button component={Link} to="/" variant={isSuccess ? 'filled' : 'default'}>{t('session.verify.go')}</Button></p>
    </QuietPage>
  );
}
