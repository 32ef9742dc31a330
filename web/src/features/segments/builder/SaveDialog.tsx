import { Button, Group, Modal, NativeSelect, Radio, Stack, Textarea, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem, type ApiProblem } from '@/api/problem';
import { ErrorState } from '@/ui/ErrorState';
import { useFields } from '@/ui/useFields';
import type { Settings } from '../queries';

interface Props { first: Settings; pending: boolean; error: unknown; onSave: (settings: Settings, refused: (problem: ApiProblem) => void) => void; onClose: () => void }

/** Name, live or frozen, scheduled file. */
export function SaveDialog({ first, pending, error, onSave, onClose }: Props) {
  const { t } = useTranslation();
  const fields = useFields({ ...first });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!fields.check({ name: fields.values.name.trim() ? undefined : t('segments.save.nameless') })) return;
    onSave(fields.values, (problem) => fields.refuse(problem));
  };
  const whole = isProblem(error) && Object.keys(fields.errors).length === 0 ? error : null;
  return (
    <Modal opened onClose={onClose} title={t('segments.save.title')} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      <form {...fields.form} onSubmit={submit}>
        <Stack gap="lg">
          <TextInput {...fields.input('name')} label={t('segments.save.name')} placeholder={t('segments.save.nameHint')} maxLength={200} required withAsterisk={false} data-autofocus />
          <Textarea {...fields.input('description')} label={t('segments.save.description')} maxLength={2000} autosize minRows={2} maxRows={6} />
          <Radio.Group label={t('segments.save.membership')} value={fields.values.membership} onChange={(membership) => fields.set({ membership })}>
            <Stack gap="sm" mt="xs">
              <Radio value="live" label={t('segments.membership.live')} description={t('segments.save.live')} />
              <Radio value="frozen" label={t('segments.membership.frozen')} description={t('segments.save.frozen')} />
            </Stack>
          </Radio.Group>
          <NativeSelect label={t('segments.save.export')} description={t('segments.save.exportWhy')} name="exportEvery" value={fields.values.exportEvery} onChange={({ currentTarget }) => fields.set({ exportEvery: currentTarget.value })}
            data={[{ value: '', label: t('segments.every.never') }, { value: 'daily', label: t('segments.every.daily') }, { value: 'weekly', label: t('segments.every.weekly') }, { value: 'monthly', label: t('segments.every.monthly') }]} />
          {fields.values.exportEvery ? <NativeSelect label={t('segments.save.format')} name="exportFormat" value={fields.values.exportFormat} onChange={({ currentTarget }) => fields.set({ exportFormat: currentTarget.value })}
            data={[{ value: '', label: t('segments.format.csv') }, { value: 'xlsx', label: t('segments.format.xlsx') }, { value: 'parquet', label: t('segments.format.parquet') }]} /> : null}
          {whole ? <ErrorState inline trouble={whole} kept={t('segments.save.kept')} /> : null}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>{t('ui.cancel')}</Button>
            <Button type="submit" loading={pending}>{t('segments.save.submit')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
