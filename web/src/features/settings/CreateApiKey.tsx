import { Button, Group, Modal, NativeSelect, Stack, Switch, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem } from '@/api/problem';
import { ErrorState } from '@/ui/ErrorState';
import { useFields } from '@/ui/useFields';
import { useCreateApiKey, type NewApiKey } from './queries';
import { nouns, rights, scopesOf, type Noun, type Right } from './scopes';
import classes from './Settings.module.css';

const terms = ['never', '30', '90', '365'] as const;
const day = 86_400_000;

export function CreateApiKey({ onClose, onCreated }: { onClose: () => void; onCreated: (key: NewApiKey) => void }) {
  const { t } = useTranslation();
  const create = useCreateApiKey();
  const fields = useFields({ name: '', term: 'never', scopes: '' });
  const [chosen, setChosen] = useState<Readonly<Partial<Record<Noun, Right>>>>({});
  const [test, setTest] = useState(false);
  const { name, term } = fields.values;
  const scopes = scopesOf(chosen);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!fields.check({ name: name.trim() ? undefined : t('settings.keys.check.name'), scopes: scopes.length > 0 ? undefined : t('settings.keys.check.scopes') })) return;
    const expiresAt = term === 'never' ? {} : { expiresAt: new Date(Date.now() + Number(term) * day).toISOString() };
    create.mutate({ name: name.trim(), scopes, mode: test ? 'test' : 'live', ...expiresAt }, { onSuccess: onCreated, onError: (error) => { if (isProblem(error)) fields.refuse(error); } });
  };
  const whole = create.error && Object.keys(fields.errors).length === 0 ? create.error : null;
  return (
    <Modal opened onClose={onClose} title={t('settings.keys.create')} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      <form {...fields.form} onSubmit={submit}>
        <Stack gap="md">
          <TextInput {...fields.input('name')} label={t('settings.keys.name')} placeholder={t('settings.keys.nameHint')} maxLength={100} data-autofocus />
          <fieldset className={classes.scopes}>
            <legend>{t('settings.keys.may')}</legend>
            {nouns.map((noun) => (
              <label key={noun}><span>{t(`settings.noun.${noun}`)}</span>
                <NativeSelect size="xs" value={chosen[noun] ?? 'none'} data={rights.map((right) => ({ value: right, label: t(`settings.right.${right}`) }))}
                  onChange={({ currentTarget }) => { setChosen((now) => ({ ...now, [noun]: rights.find((right) => right === currentTarget.value) ?? 'none' })); fields.set({ scopes: '' }); }} />
              </label>
            ))}
          </fieldset>
          {fields.errors.scopes ? <p className={classes.wrong} role="alert">{fields.errors.scopes}</p> : null}
          <NativeSelect name="term" value={term} label={t('settings.keys.term')} onChange={({ currentTarget }) => fields.set({ term: currentTarget.value })} data={terms.map((each) => ({ value: each, label: each === 'never' ? t('settings.keys.never') : t('settings.days', { count: Number(each) }) }))} />
          <Switch checked={test} onChange={({ currentTarget }) => setTest(currentTarget.checked)} label={t('settings.keys.testHelp')} />
          {whole ? <ErrorState inline trouble={whole} /> : null}
        </Stack>
        <Group justify="flex-end" gap="sm" mt="xl">
          <Button variant="default" onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" loading={create.isPending}>{t('settings.keys.submit')}</Button>
        </Group>
      </form>
    </Modal>
  );
}
