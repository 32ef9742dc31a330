import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, call } from '@/api/client';
import { problemOf } from '@/api/problem';
import type { components } from '@/api/schema';
import { ErrorState } from '@/ui/ErrorState';
import { PageHeader } from '@/ui/PageHeader';
import { PageSkeleton } from '@/ui/PageSkeleton';
import { ScrollRegion } from '@/ui/ScrollRegion';
import { SearchField } from '@/ui/SearchField';
import { Section } from '@/ui/Section';
import { useUrlState } from '@/ui/useUrlState';
import classes from './Dictionary.module.css';
import { found } from './settings';

type Subject = components['schemas']['WorkspaceDictionarySubject'];
type Field = components['schemas']['WorkspaceDictionaryField'];

const defaults = { q: '' };

/** What every field of the data means, for whoever reads the lake's files or builds on the API; the server says it in the reader's language. */
export default function DictionaryPage() {
  const { t } = useTranslation();
  const [url, setUrl] = useUrlState(defaults);
  const { data, error, refetch } = useQuery({ queryKey: ['workspace', 'dictionary', document.documentElement.lang], queryFn: ({ signal }) => call(api.GET('/v1/workspace/dictionary', { signal })) });
  const header = <PageHeader title={t('settings.dictionary.title')} />;
  if (!data) return error ? <>{header}<ErrorState trouble={problemOf(error)} onRetry={() => void refetch()} /></> : <PageSkeleton />;
  const shown = data.data.map((subject) => ({ ...subject, fields: subject.fields.filter((field) => found(url.q, [subject.name, field.name, field.meaning])) })).filter(({ fields }) => fields.length > 0);
  return (
    <>
      {header}
      <p className={classes.why}>{t('settings.dictionary.why')} <Link to="/settings">{t('settings.title')}</Link></p>
      <div className={classes.search}><SearchField label={t('settings.dictionary.search')} value={url.q} onSearch={(q) => setUrl({ q }, { replace: true })} /></div>
      {shown.map((subject) => <SubjectTable key={subject.name} subject={subject} />)}
      {shown.length === 0 ? <p className={classes.why} role="status">{t('settings.dictionary.noneFound', { q: url.q })}</p> : null}
    </>
  );
}

function SubjectTable({ subject }: { subject: Subject }) {
  const { t } = useTranslation();
  return (
    <Section title={subject.name}>
      <p className={classes.why}>{subject.meaning}</p>
      <ScrollRegion name={subject.name} className={classes.scroll}>
        <table className={classes.table}>
          <thead><tr>{(['field', 'meaning', 'type', 'unit', 'source'] as const).map((column) => <th key={column} scope="col">{t(`settings.dictionary.${column}`)}</th>)}</tr></thead>
          <tbody>{subject.fields.map((field) => <Line key={field.name} field={field} />)}</tbody>
        </table>
      </ScrollRegion>
    </Section>
  );
}

function Line({ field }: { field: Field }) {
  const { t } = useTranslation();
  const marks = [...(field.custom ? [t('settings.dictionary.custom')] : []), ...(field.personal ? [t('settings.dictionary.personal')] : [])];
  return (
    <tr>
      <th scope="row"><code>{field.name}</code></th>
      <td>{field.meaning}{marks.map((mark) => <span key={mark} className={classes.mark}>{mark}</span>)}</td>
      <td>{t(`settings.dictionary.kind.${field.type}`)}</td>
      <td>{field.unit}</td>
      <td>{field.source}</td>
    </tr>
  );
}
