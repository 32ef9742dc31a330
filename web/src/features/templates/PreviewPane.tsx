import { SegmentedControl } from '@mantine/core';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import { ErrorState } from '@/ui/ErrorState';
import { LookUp, type Found } from '@/ui/LookUp';
import { MailFrame } from './MailFrame';
import classes from './PreviewPane.module.css';
import { useCustomerSearch, type Mail } from './queries';

interface Props { mail: Mail | undefined; loading: boolean; error: unknown; onRetry: () => void; /** The source has mistakes: the last good mail is shown. */ stale: boolean; person: Found | undefined; onPerson: (person: Found | undefined) => void }

const kinds = ['desk', 'phone', 'text'] as const;
const schemes = ['light', 'dark'] as const;

/** The real rendering: as a chosen customer, on a desk or a phone, in light or dark mail, or as plain text. */
export function PreviewPane({ mail, loading, error, onRetry, stale, person, onPerson }: Props) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<string>('desk');
  const [scheme, setScheme] = useState<string>('light');
  const [text, setText] = useState('');
  const people = useCustomerSearch(text).data ?? [];
  const search = useCallback((next: string) => setText(next), []);
  return (
    <section className={classes.root} aria-label={t('templates.preview.title')}>
      <div className={classes.tools}>
        <div className={classes.person}>
          <LookUp label={t('templates.preview.person')} hideLabel placeholder={t('templates.preview.sample')} value={person} onChange={onPerson} onSearch={search}
            found={people.map((each) => ({ id: each.id, title: each.name ?? each.email ?? each.id, detail: each.email }))} />
        </div>
        <SegmentedControl size="xs" aria-label={t('templates.preview.kind')} value={kind} onChange={setKind} data={kinds.map((value) => ({ value, label: t(`templates.preview.${value}`) }))} />
        {kind === 'text' ? null : <SegmentedControl size="xs" aria-label={t('templates.preview.scheme')} value={scheme} onChange={setScheme} data={schemes.map((value) => ({ value, label: t(`templates.preview.${value}`) }))} />}
      </div>
      {stale ? <p className={classes.note} role="status">{t('templates.preview.stale')}</p> : null}
      {error ? <ErrorState inline trouble={problemOf(error)} kept={t('templates.kept')} onRetry={onRetry} /> : null}
      <p className={classes.subject}><span>{t('templates.column.subject')}</span> <strong>{mail?.subject}</strong></p>
      <div className={classes.stage} data-kind={kind} data-scheme={kind === 'text' ? undefined : scheme} aria-busy={loading}>
        {mail === undefined ? null : kind === 'text' ? <pre className={classes.text}>{mail.text}</pre> : <MailFrame html={mail.html} dark={scheme === 'dark'} title={t('templates.preview.frame', { subject: mail.subject })} />}
      </div>
      {kind !== 'text' && scheme === 'dark' ? <p className={classes.note}>{t('templates.preview.darkWhy')}</p> : null}
    </section>
  );
}
