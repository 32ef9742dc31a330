import { NativeSelect } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TroubleText } from './ErrorState';
import classes from './InlineField.module.css';
import type { Refusal } from './InlineField';

interface Props { label: string; value: string; options: readonly { value: string; label: string }[]; onSave: (value: string) => Promise<unknown>; disabled?: boolean }

/** A choice beside inline fields: saved the moment it is made, taken back with the reason when it is refused. */
export function InlineChoice({ label, value, options, onSave, disabled = false }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [chosen, setChosen] = useState<string>();
  const [refusal, setRefusal] = useState<Refusal>();
  const choose = async (next: string) => {
    setChosen(next);
    setRefusal(undefined);
    try {
      await onSave(next);
    } catch (error) {
      setRefusal(error instanceof Error ? error : { message: String(error) });
    } finally {
      setChosen(undefined);
    }
  };
  return (
    <div className={classes.root}>
      <label className={classes.label} htmlFor={id}>{label}</label>
      <NativeSelect id={id} size="sm" variant="unstyled" classNames={{ input: classes.choice }} value={chosen ?? value} disabled={disabled} data={[...options]} aria-describedby={refusal ? `${id}e` : undefined} onChange={({ currentTarget }) => void choose(currentTarget.value)} />
      {refusal ? <p id={`${id}e`} className={classes.refusal} role="alert">{refusal.status === 412 ? t('ui.inline.again') : refusal.fields?.[0]?.detail ?? <TroubleText trouble={refusal} />}</p> : null}
    </div>
  );
}
