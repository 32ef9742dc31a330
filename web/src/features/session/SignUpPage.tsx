import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useId, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { isProblem } from '@/api/problem';
import { ErrorState } from '@/ui/ErrorState';
import { useFields } from '@/ui/useFields';
import { isGood, looksLikeEmail, passwordHelp } from './password';
import { PasswordHelp } from './PasswordHelp';
import { QuietPage } from './QuietPage';
import { useSignUp } from './queries';
import classes from './Session.module.css';

export default function SignUpPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const signUp = useSignUp();
  const helpId = useId();
  const fields = useFields({ email: '', password: '', company: '' });
  const { email, password, company } = fields.values;
  const help = passwordHelp(password, email, company);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const ready = fields.check({
      email: looksLikeEmail(email) ? undefined : t('session.check.email'),
      password: isGood(help) ? undefined : t('session.check.password'),
      company: company.trim() ? undefined : t('session.check.company'),
    });
    if (!ready) return;
    signUp.mutate({ email: email.trim(), password, company: company.trim() }, {
      onSuccess: () => void navigate('/', { replace: true }),
      onError: (error) => { if (isProblem(error)) fields.refuse(error); },
    });
  };
  // A problem that marked its field is said there, not twice.
  const whole = signUp.error && Object.keys(fields.errors).length === 0 ? signUp.error : null;

  return (
    <QuietPage title={t('session.signup.title')} lead={t('session.promise')}>
      <form {...fields.form} className={classes.form} onSubmit={submit}>
        <TextInput {...fields.input('email')} type="email" label={t('session.email')} autoComplete="username" inputMode="email" required withAsterisk={false} />
        <PasswordInput {...fields.input('password')} label={t('session.password')} autoComplete="new-password" required withAsterisk={false}
          aria-describedby={helpId} visibilityToggleButtonProps={{ 'aria-label': t('session.showPassword'), tabIndex: 0 }} />
        <PasswordHelp id={helpId} help={help} />
        <TextInput {...fields.input('company')} label={t('session.company')} autoComplete="organization" maxLength={100} required withAsterisk={false} />
        {whole ? <ErrorState inline trouble={whole} /> : null}
        <Button type="submit" size="md" fullWidth loading={signUp.isPending}>{t('session.signup.submit')}</Button>
        <p className={classes.note}>{t('session.signup.note')}</p>
      </form>
      <p className={classes.other}>{t('session.signup.have')} <Link to="/login">{t('session.signup.login')}</Link></p>
    </QuietPage>
  );
}
