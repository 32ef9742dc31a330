import { Button, Group, NativeSelect, Stack } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { groupOf, opsOf, startField, type FieldGroup } from '../rule/fields';
import { arity, isComplete, type FieldLeaf, type FieldType, type Op } from '../rule/rule';
import { Values } from '../rule/Values';
import { useLanguage } from '../useLanguage';
import type { Field } from './filter';

interface Props { fields: readonly Field[]; first: FieldLeaf; onSave: (leaf: FieldLeaf) => void }

const groups: readonly FieldGroup[] = ['order', 'profile', 'address', 'custom', 'scores', 'consents'];

/** One condition over any field: which, how, and with what. */
export function FilterForm({ fields, first, onSave }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [leaf, setLeaf] = useState(first);
  const typeOf = (path: string) => (fields.find((field) => field.path === path)?.type ?? 'text') as FieldType;
  const type = typeOf(leaf.path);
  const offered = fields.find(({ path }) => path === leaf.path)?.ops;
  const ops = opsOf(leaf.path, type, leaf.op).filter((op) => !offered || offered.includes(op));
  const data = groups.map((group) => ({ group: t(`segments.fields.${group}`), items: fields.filter(({ path }) => groupOf(path) === group).map((field) => ({ value: field.path, label: field[language] })) })).filter(({ items }) => items.length > 0);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isComplete(leaf)) onSave(leaf);
  };
  const setOp = (op: Op) => setLeaf({ ...leaf, op, values: op === 'inLast' ? ['P90D'] : leaf.op === 'inLast' || arity(op) === 0 ? [] : leaf.values });
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <NativeSelect label={t('customers.filter.field')} value={leaf.path} data={data} onChange={({ currentTarget }) => setLeaf({ ...startField(currentTarget.value, typeOf(currentTarget.value)), id: leaf.id })} />
        <NativeSelect label={t('customers.filter.op')} value={leaf.op} data={ops.map((op) => ({ value: op, label: t(`segments.op.${op}`) }))} onChange={({ currentTarget }) => setOp(currentTarget.value as Op)} />
        <Values path={leaf.path} type={type} op={leaf.op} values={leaf.values} onChange={(values) => setLeaf({ ...leaf, values })} />
        <Group justify="flex-end"><Button type="submit" disabled={!isComplete(leaf)}>{t('customers.filter.apply')}</Button></Group>
      </Stack>
    </form>
  );
}
