import { Button, Progress } from '@mantine/core';
import { useRef, useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { formatPercent } from '@/lib/format';
import { Drawing } from '@/ui/drawings';
import { useLanguage } from '@/ui/useLanguage';
import classes from './Imports.module.css';

interface Props { /** undefined while nothing is being sent. */ sent: number | undefined; onFile: (file: File) => void; label?: string }

/** A place to drop a file, and a button for those who would rather choose it. */
export function DropFile({ sent, onFile, label }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file && sent === undefined) onFile(file);
  };
  return (
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- dropping is the pointer's way; the button inside is everybody's
    <div className={classes.drop} data-over={over || undefined} onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={drop}>
      <Drawing name="file" />
      {sent === undefined ? (
        <>
          <p className={classes.lead}>{label ?? t('imports.drop.lead')}</p>
          <Button onClick={() => input.current?.click()}>{t('imports.drop.choose')}</Button>
          <p className={classes.hint}>{t('imports.drop.hint')}</p>
        </>
      ) : (
        <div className={classes.sending}>
          <p className={classes.lead} role="status">{t('imports.drop.sending', { share: formatPercent(sent, language, 0) })}</p>
          <Progress value={sent * 100} aria-label={t('imports.drop.sendingLabel')} />
        </div>
      )}
      <input ref={input} type="file" accept=".csv,.tsv,.txt,text/csv" className="visually-hidden" tabIndex={-1} aria-label={t('imports.drop.choose')}
        onChange={({ currentTarget }) => { const file = currentTarget.files?.[0]; currentTarget.value = ''; if (file) onFile(file); }} />
    </div>
  );
}
