import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { problemOf } from '@/api/problem';
import { ErrorState } from '@/ui/ErrorState';
import { PageHeader } from '@/ui/PageHeader';
import { useUrlState } from '@/ui/useUrlState';
import { BackToImports } from './BackToImports';
import { DropFile } from './DropFile';
import { kindOf, kinds } from './import';
import classes from './Imports.module.css';
import { useStartImport } from './queries';
import { Steps } from './Steps';

const defaults = { kind: 'customers' };

export default function NewImportPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [url, setUrl] = useUrlState(defaults);
  const [sent, setSent] = useState<number>();
  const start = useStartImport();
  const kind = kindOf(url.kind);
  const send = (file: File) => {
    setSent(0);
    start.mutate({ kind, file, onProgress: setSent }, { onSuccess: (id) => void navigate(`/imports/${id}`, { replace: true }), onError: () => setSent(undefined) });
  };
  return (
    <div className={classes.page}>
      <BackToImports />
      <PageHeader title={t('imports.new')} />
      <Steps at="file" />
      <div className={classes.kinds}>
        <SegmentedControl aria-label={t('imports.column.kind')} value={kind} disabled={sent !== undefined} onChange={(next) => setUrl({ kind: next }, { replace: true })} data={kinds.map((value) => ({ value, label: t(`imports.kindFile.${value}`) }))} />
        <p className={classes.hint}>{t(`imports.kindHelp.${kind}`)}</p>
      </div>
      {start.error ? <ErrorState inline trouble={problemOf(start.error)} kept={t('imports.drop.kept')} /> : null}
      <DropFile sent={sent} onFile={send} />
    </div>
  );
}
