import { Button, Group, Modal, NativeSelect, SegmentedControl, Stack, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem, problemOf } from '@/api/problem';
import { ErrorState } from '@/ui/ErrorState';
import { useFields } from '@/ui/useFields';
import { channels, nameOf, purposes } from './customer';
import { useRecordConsent, type Customer } from './queries';

const oneOf = <T extends string>(list: readonly T[], value: string): T => list.find((each) => each === value) ?? (list[0] as T);
const states = ['granted', 'withdrawn'] as const;

/** A statement of the person, with where it was said: the proof that law asks for. */
export function RecordConsent({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const { t } = useTranslation();
  const record = useRecordConsent(customer.id);
  const [state, setState] = useState<string>('granted');
  const fields = useFields({ channel: 'email', purpose: 'marketing', source: '', wording: '' });
  const { channel, purpose, source, wording } = fields.values;
  const choice = (name: 'channel' | 'purpose') => ({ name, value: fields.values[name], onChange: ({ currentTarget }: { currentTarget: HTMLSelectElement }) => fields.set({ [name]: currentTarget.value }) });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!fields.check({ source: source.trim() ? undefined : t('customers.check.source') })) return;
    record.mutate({
      channel: oneOf(channels, channel), purpose: oneOf(purposes, purpose), state: oneOf(states, state), source: source.trim(), ...(wording.trim() ? { wording: wording.trim() } : {}),
    }, { onSuccess: onClose, onError: (error) => { if (isProblem(error)) fields.refuse(error); } });
  };
  const whole = record.error && Object.keys(fields.errors).length === 0 ? problemOf(record.error) : null;

  return (
    <Modal opened onClose={onClose} title={t('customers.consent.recordTitle', { name: nameOf(customer) })} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      <form {...fields.form} onSubmit={submit}>
        <Stack gap="md">
          <SegmentedControl fullWidth aria-label={t('customers.consent.title')} value={state} onChange={setState} data={states.map((each) => ({ value: each, label: t(`customers.consent.said.${each}`) }))} />
          <NativeSelect {...choice('channel')} label={t('customers.consent.channel')} data={channels.map((each) => ({ value: each, label: t(`customers.channel.${each}`) }))} />
          <NativeSelect {...choice('purpose')} label={t('customers.consent.purpose')} data={purposes.map((each) => ({ value: each, label: t(`customers.purposeLong.${each}`) }))} />
          <TextInput {...fields.input('source')} label={t('customers.consent.source')} placeholder={t('customers.consent.sourceHint')} maxLength={200} />
          <Textarea {...fields.input('wording')} label={t('customers.consent.wording')} autosize minRows={2} maxRows={6} maxLength={4000} />
          {whole ? <ErrorState inline trouble={whole} /> : null}
        </Stack>
        <Group justify="flex-end" gap="sm" mt="xl">
          <Button variant="default" onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" loading={record.isPending}>{t('customers.consent.submit')}</Button>
        </Group>
      </form>
    </Modal>
  );
}
