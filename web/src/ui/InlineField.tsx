import { Button, TextInput } from '@mantine/core';
import { useCallback, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TroubleText, type Trouble } from './ErrorState';
import classes from './InlineField.module.css';
import { Truncate } from './Truncate';

/** A refusal of one field: its own sentence when it has one; 412 means that someone else was faster. */
export interface Refusal extends Trouble { fields?: readonly { detail: string }[] }

interface Props {
  label: string; value: string;
  /** How the value reads when it is not being edited. */
  shown?: string;
  type?: 'text' | 'email' | 'tel' | 'date' | 'url';
  /** Rejects with the reason; the typed text stays in the field. Called again, after a 412, it must write over the newer value. */
  onSave: (value: string) => Promise<unknown>;
  disabled?: boolean; startEditing?: boolean; maxLength?: number;
}

/** A stable function, so that React calls it once, when the field appears. */
const enter = (input: HTMLInputElement | null) => { input?.focus(); if (input?.type !== 'date') input?.select(); };

/** A value that turns into its field at a click, Enter or F2; Enter and leaving save, Esc gives back what was there. */
export function InlineField({ label, value, shown, type = 'text', onSave, disabled = false, startEditing = false, maxLength = 200 }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState<string | undefined>(startEditing ? value : undefined);
  const [saving, setSaving] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const errorId = useId();
  const returning = useRef(false);
  // After Enter or Esc the focus stands where the field was opened, or the keyboard would start again at the top of the page.
  const land = useCallback((button: HTMLButtonElement | null) => { if (button && returning.current) { returning.current = false; button.focus(); } }, []);

  const leave = (byKey: boolean) => { returning.current = byKey; setText(undefined); setRefusal(undefined); };
  const save = async (typed: string, byKey: boolean) => {
    if (saving) return;
    if (typed.trim() === value) { leave(byKey); return; }
    setSaving(true);
    try {
      await onSave(typed.trim());
      leave(byKey);
    } catch (error) {
      setRefusal(error instanceof Error ? error : { message: String(error) });
    } finally {
      setSaving(false);
    }
  };

  if (text === undefined) {
    return (
      <div className={classes.root}>
        <span className={classes.label} aria-hidden="true">{label}</span>
        <button ref={land} type="button" className={classes.value} disabled={disabled} data-empty={value === '' || undefined} onClick={() => setText(value)}
          aria-label={value ? t('ui.inline.edit', { label, value: shown ?? value }) : t('ui.inline.add', { label })}>
          <Truncate>{value ? shown ?? value : disabled ? t('ui.inline.none') : t('ui.inline.empty')}</Truncate>
        </button>
      </div>
    );
  }
  const stale = refusal?.status === 412;
  return (
    <div className={classes.root} data-editing>
      <label className={classes.label} htmlFor={`${errorId}i`}>{label}</label>
      <TextInput id={`${errorId}i`} size="sm" type={type} value={text} maxLength={maxLength} ref={enter} readOnly={saving} error={refusal !== undefined} aria-describedby={refusal ? errorId : undefined}
        onChange={({ currentTarget }) => { setText(currentTarget.value); if (!stale) setRefusal(undefined); }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return;
          event.preventDefault();
          if (event.key === 'Enter') void save(text, true); else leave(true);
        }}
        onBlur={() => { if (!refusal) void save(text, false); }} />
      {refusal ? (
        <div id={errorId} className={classes.refusal} role="alert">
          {stale ? t('ui.inline.stale', { value: value || t('ui.inline.none') }) : refusal.fields?.[0]?.detail ?? <TroubleText trouble={refusal} />}
          {stale ? <div className={classes.choose}><Button size="compact-sm" variant="default" loading={saving} onClick={() => void save(text, true)}>{t('ui.inline.mine')}</Button><Button size="compact-sm" variant="subtle" color="gray" onClick={() => leave(true)}>{t('ui.inline.theirs')}</Button></div> : null}
        </div>
      ) : null}
    </div>
  );
}
