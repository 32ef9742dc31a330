import { MultiSelect } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TroubleText } from '@/ui/ErrorState';
import type { Refusal } from '@/ui/InlineField';
import inline from '@/ui/InlineField.module.css';

interface Props { label: string; chosen: string[]; options: { value: string; label: string }[]; disabled: boolean; onSave: (chosen: string[]) => Promise<unknown> }

/** Several choices, saved as they are made; a refusal puts back what was there. */
export function EditChoices({ label, chosen, options, disabled, onSave }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [pending, setPending] = useState<string[]>();
  const [refusal, setRefusal] = useState<Refusal>();
  const save = async (next: string[]) => {
    setPending(next);
    setRefusal(undefined);
    try {
      await onSave(next);
    } catch (error) {
      setRefusal(error instanceof Error ? error : { message: String(error) });
    } finally {
      setPending(undefined);
    }
  };
  return (
    <div className={inline.root}>
      <label className={inline.label} htmlFor={id}>{label}</label>
      <MultiSelect id={id} size="sm" variant="unstyled" classNames={{ input: inline.choice, pill: inline.pill, inputField: inline.tagField }} value={pending ?? chosen} data={options} disabled={disabled} onChange={(next) => void save(next)} placeholder={chosen.length === 0 ? t('ui.custom.none') : undefined} />
      {refusal ? <p className={inline.refusal} role="alert">{refusal.fields?.[0]?.detail ?? <TroubleText trouble={refusal} />}</p> : null}
    </div>
  );
}
