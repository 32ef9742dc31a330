import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LanguageSwitch } from '@/ui/LanguageSwitch';
import { useTitle } from '@/ui/useTitle';
import classes from './Session.module.css';

/** The one quiet page of signing up and logging in: mark, words, fields, nothing else. */
export function QuietPage({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) {
  const { t } = useTranslation();
  useTitle(title);
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <span className={classes.mark}><img src="/mark.svg" alt="" width="28" height="28" />{t('session.brand')}</span>
        <LanguageSwitch />
      </header>
      <main className={classes.main}>
        <h1 className={classes.title}>{title}</h1>
        {lead ? <p className={classes.lead}>{lead}</p> : null}
        {children}
      </main>
    </div>
  );
}
