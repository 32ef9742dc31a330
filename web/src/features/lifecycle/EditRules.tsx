import { Button, Checkbox, Group, Modal, NativeSelect, NumberInput, Stack, TagsInput, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import { ErrorState } from '@/ui/ErrorState';
import { useSaveRules, type Rules } from './queries';

interface Props { rules: Rules; opened: boolean; onClose: () => void; onStarted: (jobId: string) => void }
type NumberId = 'respondentDays' | 'newDays' | 'highTopPercent' | 'potentialTopPercent' | 'dormantBelow' | 'dormantDays';

/** The workspace's rules, each with what it does; saving computes the stages anew. */
export function EditRules({ rules, opened, onClose, onStarted }: Props) {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={onClose} size="lg" title={t('lifecycle.rules.title')} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      <RulesForm rules={rules} onClose={onClose} onStarted={onStarted} />
    </Modal>
  );
}

function RulesForm({ rules, onClose, onStarted }: Omit<Props, 'opened'>) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(rules);
  const save = useSaveRules();
  const set = (patch: Partial<Rules>) => setDraft((now) => ({ ...now, ...patch }));
  const number = (id: NumberId, most: number, least: number, suffix = '', step = 1) => (
    <NumberInput label={t(`lifecycle.rules.${id}.label`)} description={t(`lifecycle.rules.${id}.why`)} value={draft[id]} min={least} max={most} step={step} suffix={suffix} onChange={(value) => { if (typeof value === 'number') set({ [id]: value }); }} />
  );
  const choice = <Id extends 'highBy' | 'dormantBy' | 'withdrawn'>(id: Id, options: readonly Rules[Id][]) => (
    <NativeSelect label={t(`lifecycle.rules.${id}.label`)} description={t(`lifecycle.rules.${id}.why`)} value={draft[id]} data={options.map((value) => ({ value, label: t(`lifecycle.rules.${id}.${value}`) }))} onChange={({ currentTarget }) => set({ [id]: currentTarget.value })} />
  );
  const days = ` ${t('lifecycle.rules.days')}`;
  return (
    <form onSubmit={(event) => { event.preventDefault(); save.mutate(draft, { onSuccess: ({ id }) => { onStarted(id); onClose(); } }); }}>
      <Stack gap="md">
        <Text size="sm">{t('lifecycle.rules.intro')}</Text>
        {number('respondentDays', 3650, 1, days)}
        {number('newDays', 3650, 1, days)}
        {choice('highBy', ['revenue', 'lifetimeValue'])}
        {number('highTopPercent', 100, 1, '%')}
        {number('potentialTopPercent', 100, 0, '%')}
        <NativeSelect label={t('lifecycle.rules.potentialFrequency.label')} description={t('lifecycle.rules.potentialFrequency.why')} value={String(draft.potentialFrequency)} data={['0', '2', '3', '4', '5'].map((value) => ({ value, label: value === '0' ? t('lifecycle.rules.potentialFrequency.none') : t('lifecycle.rules.potentialFrequency.least', { score: value }) }))} onChange={({ currentTarget }) => set({ potentialFrequency: Number(currentTarget.value) })} />
        {choice('dormantBy', ['rhythm', 'days'])}
        {draft.dormantBy === 'rhythm' ? number('dormantBelow', 1, 0.01, '', 0.05) : null}
        {number('dormantDays', 3650, 1, days)}
        <Checkbox label={t('lifecycle.rules.silentLeaves.label')} description={t('lifecycle.rules.silentLeaves.why')} checked={draft.silentLeaves} onChange={({ currentTarget }) => set({ silentLeaves: currentTarget.checked })} />
        {choice('withdrawn', ['unlessBuying', 'always', 'never'])}
        <TagsInput label={t('lifecycle.rules.forcedTags.label')} description={t('lifecycle.rules.forcedTags.why')} value={draft.forcedTags} maxTags={20} onChange={(forcedTags) => set({ forcedTags })} />
        {save.error ? <ErrorState inline trouble={problemOf(save.error)} /> : null}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" loading={save.isPending}>{t('lifecycle.rules.save')}</Button>
        </Group>
      </Stack>
    </form>
  );
}
