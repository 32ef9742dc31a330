import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import { ErrorState } from '@/ui/ErrorState';
import { useLanguage } from '@/ui/useLanguage';
import { kindOf, missingFields, samplesOf, type ImportDetail } from './import';
import classes from './Imports.module.css';
import { MatchRow } from './MatchRow';
import { useCancelImport, useCheckImport, useImportFields } from './queries';

/** What each column of the file is: guessed, with values from the file beside it, and changed here. */
export function Matching({ detail, onChecking }: { detail: ImportDetail; onChecking: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const kind = kindOf(detail.kind);
  const fields = useImportFields().data?.[kind] ?? [];
  const [mapping, setMapping] = useState<Readonly<Record<string, string>>>(detail.mapping ?? {});
  const check = useCheckImport(detail.id);
  const cancel = useCancelImport(detail.id);
  const header = detail.header ?? [];
  const nameOf = (path: string) => fields.find((field) => field.path === path)?.[language] ?? path;
  const missing = missingFields(kind, mapping);
  const matched = header.filter((name) => mapping[name]).length;

  return (
    <section aria-label={t('imports.match.title')}>
      <p className={classes.lead}>{t('imports.match.lead', { matched, count: header.length })}</p>
      <ul className={classes.matches}>
        {header.map((name, column) => (
          <MatchRow key={name} name={name} column={column} samples={samplesOf(detail.sample, column)} path={mapping[name] ?? ''} fields={fields} custom={kind === 'customers'}
            taken={new Set(header.filter((other) => other !== name).map((other) => mapping[other] ?? ''))} onChange={(path) => setMapping((current) => ({ ...current, [name]: path }))} />
        ))}
      </ul>
      {missing.all.length > 0 ? <p className={classes.missing} role="alert">{t('imports.match.missing', { fields: missing.all.map(nameOf).join(', ') })}</p> : null}
      {missing.oneOf.length > 0 ? <p className={classes.missing} role="alert">{t('imports.match.oneOf', { fields: missing.oneOf.map(nameOf).join(', ') })}</p> : null}
      {check.error ? <ErrorState inline trouble={problemOf(check.error)} kept={t('imports.match.kept')} /> : null}
      <div className={classes.actions}>
        <Button variant="subtle" color="gray" loading={cancel.isPending} onClick={() => cancel.mutate()}>{t('imports.cancel')}</Button>
        <Button loading={check.isPending} disabled={missing.all.length + missing.oneOf.length > 0} onClick={() => check.mutate({ ...mapping }, { onSuccess: onChecking })}>{t('imports.match.submit')}</Button>
      </div>
    </section>
  );
}
