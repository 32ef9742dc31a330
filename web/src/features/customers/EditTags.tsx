import { TagsInput } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TroubleText } from '@/ui/ErrorState';
import type { Refusal } from '@/ui/InlineField';
import inline from '@/ui/InlineField.module.css';

/** Tags are saved as they are added and removed; a refusal puts back what was there. */
export function EditTags({ tags, disabled, onSave }: { tags: readonly string[]; disabled: boolean; onSave: (tags: string[]) => Promise<unknown> }) {
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
      <label className={inline.label} htmlFor={id}>{t('customers.field.tags')}</label>
      <TagsInput id={id} size="sm" variant="unstyled" classNames={{ input: inline.choice, pill: inline.pill, inputField: inline.tagField }} value={pending ?? [...tags]} disabled={disabled} maxTags={50} onChange={(next) => void save(next)} placeholder={tags.length === 0 ? t('customers.tagsHint') : undefined} />
      {refusal ? <p className={inline.refusal} role="alert">{refusal.fields?.[0]?.detail ?? <TroubleText trouble={refusal} />}</p> : null}
    </div>
  );
}
