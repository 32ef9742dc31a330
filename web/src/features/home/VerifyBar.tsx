import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import { TroubleText } from '@/ui/ErrorState';
import { ToneShape } from '@/ui/StateBadge';
import classes from './Home.module.css';
import { useResendVerification } from './queries';

/** Mail to customers goes out once the owner's own address is verified. */
export function VerifyBar({ email }: { email: string }) {
  const { t } = useTranslation();
  const resend = useResendVerification();
  return (
    <div className={classes.bar} role="status">
      <span><ToneShape tone="attention" /> {resend.isSuccess ? t('home.verify.sent', { email }) : resend.error ? <TroubleText trouble={problemOf(resend.error)} /> : t('home.verify.why', { email })}</span>
      {resend.isSuccess ? null : <Button variant="default" size="compact-sm" loading={resend.isPending} onClick={() => resend.mutate()}>{t('home.verify.action')}</Button>}
    </div>
  );
}
