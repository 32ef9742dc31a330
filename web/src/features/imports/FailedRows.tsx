import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { problemOf } from '@/api/problem';
import { parseCsv, writeCsv } from '@/lib/csv';
import { ErrorState } from '@/ui/ErrorState';
import { FailedRow } from './FailedRow';
import { kindOf, type ImportDetail } from './import';
import classes from './Imports.module.css';
import { useFailedRows, useStartImport } from './queries';

const most = 100;

/** The first rows that failed, as they stand in the file. The wrong cells can be mended here; mended rows go in as an import of their own. */
export function FailedRows({ detail, only }: { detail: ImportDetail; /** Shows rows with this problem alone. */ only: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { data, error, refetch } = useFailedRows(detail.id, detail.status);
  const start = useStartImport();
  const [mended, setMended] = useState<Readonly<Record<string, string>>>({});
  const [header, ...rows] = useMemo(() => parseCsv(data?.text ?? '', data?.cut), [data]);
  if (error) return <ErrorState inline trouble={problemOf(error)} onRetry={() => void refetch()} />;
  if (!header || rows.length === 0) return null;

  const names = header.slice(0, -1);
  const shown = rows.slice(0, most).map((cells, place) => ({ cells, place, problem: cells[names.length] ?? '' })).filter(({ problem }) => problem.includes(only));
  const cellAt = (place: number, column: number) => mended[`${place} ${column}`];
  const changed = [...new Set(Object.keys(mended).map((key) => Number(key.split(' ')[0])))].sort((a, b) => a - b);
  const bringIn = () => {
    const content = writeCsv([names, ...changed.map((place) => names.map((_, column) => cellAt(place, column) ?? rows[place]?.[column] ?? ''))]);
    const file = new File([content], t('imports.problems.mendedName', { name: detail.fileName }), { type: 'text/csv' });
    start.mutate({ kind: kindOf(detail.kind), file, mapping: detail.mapping ?? {}, onProgress: () => undefined }, { onSuccess: (id) => void navigate(`/imports/${id}`) });
  };
  return (
    <>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table scrolls; the keyboard must reach it */}
      <div className={classes.scroll} tabIndex={0} role="group" aria-label={t('imports.problems.rows')}>
        <table className={classes.grid}>
          <thead><tr><th scope="col">{t('imports.problems.problem')}</th>{names.map((name) => <th key={name} scope="col">{name}</th>)}</tr></thead>
          <tbody>{shown.map(({ cells, place, problem }) => <FailedRow key={place} place={place} cells={cells} names={names} problem={problem} valueAt={(column) => cellAt(place, column)} onMend={(column, value) => setMended((current) => ({ ...current, [`${place} ${column}`]: value }))} />)}</tbody>
        </table>
      </div>
      {rows.length > most || data?.cut ? <p className={classes.hint}>{t('imports.problems.first', { count: most })}</p> : null}
      {start.error ? <ErrorState inline trouble={problemOf(start.error)} kept={t('imports.problems.kept')} /> : null}
      {changed.length > 0 ? <div className={classes.actions}><Button variant="default" loading={start.isPending} onClick={bringIn}>{t('imports.problems.bringIn', { count: changed.length })}</Button></div> : <p className={classes.hint}>{t('imports.problems.how')}</p>}
    </>
  );
}
