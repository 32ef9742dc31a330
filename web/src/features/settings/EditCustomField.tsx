import { Button, Group, Modal, NativeSelect, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { labelIn, type CustomField } from '@/api/customFields';
import { isProblem, problemOf } from '@/api/problem';
import { defaultText, valueOf } from '@/ui/custom/custom';
import { CustomInput } from '@/ui/custom/CustomInput';
import { ErrorState } from '@/ui/ErrorState';
import { useFields } from '@/ui/useFields';
import { useLanguage } from '@/ui/useLanguage';
import { useWorkspace } from '@/ui/workspace';
import { canBeUnique, choicesOf, hasChoices, keyOf, linesOf, types } from './customField';
import { FieldFindings } from './FieldFindings';
import { useSaveField } from './useSaveField';

interface Props {
  field: CustomField | undefined;
  /** What a new definition begins with; empty where nobody said. */
  start: { define: string; type: string };
  taken: readonly string[]; onClose: () => void;
}

/** A definition, made or changed. Its key and type are chosen once. */
export function EditCustomField({ field, start, taken, onClose }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { currency } = useWorkspace();
  const save = useSaveField(field, onClose);
  const fields = useFields({ 'label.ko': field?.label.ko ?? '', 'label.en': field?.label.en ?? '', key: start.define, type: field?.type ?? types.find((type) => type === start.type) ?? 'text', choices: linesOf(field?.choices, language), currency: field?.currency ?? currency, default: defaultText(field) });
  const [required, setRequired] = useState(field?.required ?? false);
  const [unique, setUnique] = useState(field?.unique ?? false);
  const { type, choices } = fields.values;
  const proposed = keyOf(fields.values['label.en'], taken);
  const typeInput = fields.input('type');
  const alone = unique && canBeUnique(type); // a value that one customer has is no default
  const shape: CustomField = {
    key: '', type, label: { ko: t('settings.fields.default'), en: t('settings.fields.default') }, required: false, unique: false,
    ...(hasChoices(type) ? { choices: choicesOf(choices, field?.choices) } : {}), ...(type === 'money' ? { currency: fields.values.currency.trim().toUpperCase() } : {}),
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const label = { ko: fields.values['label.ko'].trim(), en: fields.values['label.en'].trim() };
    const whole = {
      'label.ko': label.ko || label.en ? undefined : t('settings.fields.check.label'),
      choices: hasChoices(type) && choices.trim() === '' ? t('settings.fields.check.choices') : undefined,
    };
    if (!fields.check(whole)) return;
    const initial = alone ? null : valueOf(shape, fields.values.default) // a choice that is offered no more is refused, in words, at the field;
    const definition: CustomField = { ...shape, required, key: field?.key ?? (fields.values.key.trim() || proposed), label, unique: alone, ...(field || initial !== null ? { default: initial } : {}) };
    const error = await save.run(definition);
    if (isProblem(error)) fields.refuse(error);
  };
  const marked = Object.keys(fields.errors).length > 0;

  return (
    <Modal opened onClose={onClose} title={field ? labelIn(field.label, language) : t('settings.fields.create')} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      <form {...fields.form} onSubmit={(event) => void submit(event)}>
        <Stack gap="md">
          <TextInput {...fields.input('label.ko')} label={t('settings.fields.labelKo')} maxLength={60} data-autofocus />
          <TextInput {...fields.input('label.en')} label={t('settings.fields.labelEn')} description={t('settings.fields.labelHelp')} maxLength={60} />
          {field ? null : <NativeSelect name={typeInput.name} value={type} error={typeInput.error} onChange={({ currentTarget }) => fields.set({ type: currentTarget.value, default: '' })} label={t('settings.fields.typeLabel')} data={types.map((value) => ({ value, label: t(`settings.fields.type.${value}`) }))} />}
          {hasChoices(type) ? <Textarea {...fields.input('choices')} label={t('settings.fields.choices')} description={t('settings.fields.choicesHelp')} autosize minRows={3} maxRows={10} /> : null}
          {type === 'money' ? <TextInput {...fields.input('currency')} label={t('settings.fields.currency')} maxLength={3} /> : null}
          {field ? null : <TextInput {...fields.input('key')} label={t('settings.fields.key')} placeholder={proposed} description={t('settings.fields.keyHelp')} maxLength={40} autoComplete="off" />}
          <Switch checked={required} onChange={({ currentTarget }) => setRequired(currentTarget.checked)} label={t('settings.fields.requiredHelp')} />
          {canBeUnique(type) ? <Switch checked={unique} onChange={({ currentTarget }) => setUnique(currentTarget.checked)} label={t('settings.fields.uniqueHelp')} /> : null}
          {alone ? null : <CustomInput field={shape} input={fields.input('default')} description={t('settings.fields.defaultHelp')} onSet={(text) => fields.set({ default: text })} />}
          {save.found ? <FieldFindings found={save.found} done={save.done} /> : null}
          {save.error && !marked ? <ErrorState inline trouble={problemOf(save.error)} /> : null}
        </Stack>
        <Group justify="flex-end" gap="sm" mt="xl">
          <Button variant="default" onClick={onClose}>{save.done ? t('ui.close') : t('ui.cancel')}</Button>
          {save.done ? null : <Button type="submit" loading={save.busy}>{save.found ? t('settings.fields.anyway') : t('settings.fields.submit')}</Button>}
        </Group>
      </form>
    </Modal>
  );
}
