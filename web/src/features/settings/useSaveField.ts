import { useState } from 'react';
import type { CustomField } from '@/api/customFields';
import { applyField, checkField, useChangeField, useCreateField, type Adopted } from './customFieldQueries';

/** Saves a definition. A new one is held against the values that customers have first; when some do not fit, it waits for a second try. */
export function useSaveField(field: CustomField | undefined, onSaved: () => void) {
  const create = useCreateField();
  const change = useChangeField();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const [found, setFound] = useState<Adopted>();
  const [shown, setShown] = useState('');
  const [done, setDone] = useState(false);

  const write = async (definition: CustomField) => {
    if (!field) {
      const checked = await checkField(definition);
      const asked = JSON.stringify(definition);
      setFound(checked.misfits > 0 ? checked : undefined);
      setShown(asked);
      if (checked.misfits > 0 && shown !== asked) return;
      await create.mutateAsync(definition);
    } else {
      const { label, required, unique, choices, currency } = definition;
      await change.mutateAsync({ key: field.key, body: { label, required, unique, default: definition.default ?? null, ...(choices ? { choices } : {}), ...(currency ? { currency } : {}) } });
      if (!unique || field.unique) { onSaved(); return; }
    }
    const applied = await applyField(definition.key);
    if (applied.misfits === 0) { onSaved(); return; }
    setFound(applied);
    setDone(true);
  };
  const run = async (definition: CustomField): Promise<unknown> => {
    setBusy(true);
    setError(undefined);
    try {
      await write(definition);
      return undefined;
    } catch (trouble) {
      setError(trouble);
      return trouble;
    } finally {
      setBusy(false);
    }
  };
  return { run, busy, error, found, done };
}
