import { useDebouncedValue } from '@mantine/hooks';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '@/lib/format';
import { Section } from '@/ui/Section';
import { ToneShape } from '@/ui/StateBadge';
import { useLanguage } from '@/ui/useLanguage';
import classes from './Lacking.module.css';
import { bareVariables } from './liquid';
import { useLacking, type Draft, type Variable } from './queries';

interface Props { draft: Draft; missing: readonly string[]; person: string | undefined; variables: readonly Variable[] }

/** What would leave a hole, and for how many customers; and that a mail without a way to unsubscribe gets one. */
export function Lacking({ draft, missing, person, variables }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [{ subject, html, text }] = useDebouncedValue(draft, 400);
  const paths = useMemo(() => bareVariables(subject, html, text), [subject, html, text]);
  const counts = useLacking(paths);
  const labelOf = (path: string) => variables.find((variable) => variable.path === path)?.label ?? path;
  const lacking = paths.map((path, i) => ({ path, count: counts[i] ?? 0 })).filter(({ count }) => count > 0);
  const footer = [html, text].some((part) => part.trim() !== '' && !part.includes('unsubscribe_url'));
  if (lacking.length === 0 && missing.length === 0 && !footer) return null;
  return (
    <Section title={t('templates.lacking.title')}>
      <ul className={classes.root}>
        {footer ? <li><ToneShape tone="neutral" />{t('templates.lacking.footer')}</li> : null}
        {lacking.map(({ path, count }) => <li key={path}><ToneShape tone="attention" /><span>{t('templates.lacking.people', { label: labelOf(path), count, shown: formatNumber(count, language) })} <code>{`{{ ${path} | default: '…' }}`}</code></span></li>)}
        {person ? missing.map((path) => <li key={`m${path}`}><ToneShape tone="attention" />{t('templates.lacking.person', { label: labelOf(path), name: person })}</li>) : null}
      </ul>
    </Section>
  );
}
