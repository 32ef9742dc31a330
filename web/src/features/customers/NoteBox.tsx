import { Button, Textarea } from '@mantine/core';
import { useState, type FormEvent, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import { ErrorState } from '@/ui/ErrorState';
import { useAddNote } from './queries';
import classes from './Timeline.module.css';

/** What should be remembered; Ctrl or Cmd with Enter keeps it. The text stays when keeping it fails. */
export function NoteBox({ id }: { id: string }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const add = useAddNote(id);
  const keep = () => { if (text.trim() && !add.isPending) add.mutate(text.trim(), { onSuccess: () => setText('') }); };
  const submit = (event: FormEvent) => { event.preventDefault(); keep(); };
  const onKeyDown = (event: KeyboardEvent) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); keep(); } };
  return (
    <form className={classes.noteBox} onSubmit={submit}>
      <Textarea aria-label={t('customers.note.label')} placeholder={t('customers.note.label')} autosize minRows={2} maxRows={8} maxLength={10_000} value={text} onChange={({ currentTarget }) => setText(currentTarget.value)} onKeyDown={onKeyDown} />
      {add.error ? <ErrorState inline trouble={problemOf(add.error)} kept={t('customers.note.kept')} /> : null}
      {text.trim() ? <Button type="submit" size="compact-sm" loading={add.isPending}>{t('customers.note.submit')}</Button> : null}
    </form>
  );
}
