import { Button, PasswordInput, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { isProblem } from '@/api/problem';
import { ErrorState } from '@/ui/ErrorState';
import { useFields } from '@/ui/useFields';
import { safeNext } from './next';
import { looksLikeEmail } from './password';
import { QuietPage } from './QuietPage';
import { useLogIn } from './queries';
import classes from './Session.module.css';

export default function LogInPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const logIn = useLogIn();
  const fields = useFields({ email: '', password: '' });
  const { email, password } = fields.values;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const ready = fields.check({
      email: looksLikeEmail(email) ? undefined : t('session.check.email'),
      password: password ? undefined : t('session.check.passwordEmpty'),
    });
    if (!ready) return;
    logIn.mutate({ email: email.trim(), password }, {
      onSuccess: () => void navigate(safeNext(params.get('next')), { replace: true }),
      onError: (error) => {
        if (!isProblem(error)) return;
        // Which of the two was wrong is nobody's business; the password gets the focus because it is the likelier slip.
        if (error.status === 401) fields.check({ password: t('session.login.refused') });
        else fields.refuse(error);
      },
    });
  };
  const whole = logIn.error && Object.keys(fields.errors).length === 0 ? logIn.error : null;

  return (
    <QuietPage title={t('session.login.title')}>
      <form {...fields.form} className={classes.form} onSubmit={submit}>
        <TextInput {...fields.input('email')} type="email" label={t('session.email')} autoComplete="username" inputMode="email" required withAsterisk={false} />
        <PasswordInput {...fields.input('password')} label={t('session.password')} autoComplete="current-password" required withAsterisk={false}
          visibilityToggleButtonProps={{ 'aria-label': t('session.showPassword'), tabIndex: 0 }} />
        {whole ? <ErrorState inline trouble={whole} /> : null}
        <Button type="submit" size="md" fullWidth loading={logIn.isPending}>{t('session.login.submit')}</Button>
      </form>
      <p className={classes.other}>{t('session.login.none')} <Link to="/signup">{t('session.login.signup')}</Link></p>
    </QuietPage>
  );
}
