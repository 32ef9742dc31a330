import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import { ErrorState } from '@/ui/ErrorState';
import classes from './Leads.module.css';

/** What is known so far, in free words; kept with a button, for Enter makes a new line. */
export function Notes({ text, disabled, onSave }: { text: string; disabled: boolean; onSave: (text: string) => Promise<unknown> }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(text);
  const [saving, setSaving] = useState(false);
  const [trouble, setTrouble] = useState<ReturnType<typeof problemOf>>();
  const save = async () => {
    setSaving(true);
    setTrouble(undefined);
    try {
      await onSave(typed.trim());
    } catch (error) {
      setTrouble(problemOf(error));
    } finally {
      setSaving(false);
    }
  };
  return (
    <>
      <Textarea label={t('leads.field.notes')} autosize minRows={3} maxRows={12} maxLength={5000} value={typed} disabled={disabled} onChange={({ currentTarget }) => setTyped(currentTarget.value)} mt="md" />
      {trouble ? <ErrorState inline trouble={trouble} kept={t('leads.notesKept')} /> : null}
      {typed.trim() === text ? null : <Button size="compact-sm" variant="default" loading={saving} onClick={() => void save()} className={classes.save}>{t('leads.saveNotes')}</Button>}
    </>
  );
}
