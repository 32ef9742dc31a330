import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import { saveFile } from '@/lib/saveFile';
import { ErrorState } from '@/ui/ErrorState';
import { Quantity } from '@/ui/figures';
import { IconDownload } from '@/ui/icons';
import { Section } from '@/ui/Section';
import { FailedRows } from './FailedRows';
import type { ImportDetail } from './import';
import classes from './Imports.module.css';
import { useDownloadFailedRows } from './queries';

/** What is wrong, kind by kind; below, the rows themselves to mend here, or all of them as a file. */
export function Problems({ detail }: { detail: ImportDetail }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState('');
  const download = useDownloadFailedRows(detail.id);
  const groups = detail.problemGroups ?? [];
  const wordsOf = (code: string, column?: string) => (detail.problems ?? []).find((problem) => problem.code === code && problem.column === column)?.detail ?? code;
  const save = () => download.mutate(undefined, { onSuccess: (file) => saveFile(file, t('imports.problems.fileName', { name: detail.fileName.replace(/\.[^.]*$/, '') })) });
  return (
    <Section title={t('imports.problems.title')} action={<Button variant="default" size="compact-sm" leftSection={<IconDownload size={16} aria-hidden />} loading={download.isPending} onClick={save}>{t('imports.problems.download')}</Button>}>
      {download.error ? <ErrorState inline trouble={problemOf(download.error)} /> : null}
      <ul className={classes.groups}>
        {groups.map(({ code, column, rows }) => {
          const words = wordsOf(code, column);
          const key = column ? `${column}: ${words}` : words;
          return (
            <li key={`${code} ${column ?? ''}`}>
              <button type="button" className={classes.group} aria-pressed={chosen === key} onClick={() => setChosen(chosen === key ? '' : key)}>
                <span>{column ? <strong>{column}</strong> : null} {words}</span><Quantity value={rows} unit="rows" />
              </button>
            </li>
          );
        })}
      </ul>
      <FailedRows detail={detail} only={chosen} />
    </Section>
  );
}
