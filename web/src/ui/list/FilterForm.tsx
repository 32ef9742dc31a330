import { Button, Group, NativeSelect, Stack } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { groupOf, opsOf, startField, withOp, type FieldGroup } from '../rule/fields';
import { isComplete, type FieldLeaf, type Op } from '../rule/rule';
import { Values } from '../rule/Values';
import { useLanguage } from '../useLanguage';
import type { Field } from './filter';
import { useFilterWords } from './useFilterWords';

interface Props { fields: readonly Field[]; first: FieldLeaf; onSave: (leaf: FieldLeaf) => void }

const groups: readonly FieldGroup[] = ['campaign', 'lead', 'order', 'profile', 'address', 'custom', 'scores', 'consents'];

/** One condition over any field: which, how, and with what. */
export function FilterForm({ fields, first, onSave }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [leaf, setLeaf] = useState(first);
  const { fieldName, fieldAt } = useFilterWords(fields);
  const field = fieldAt(leaf.path);
  const listed = fields.find(({ path }) => path === leaf.path);
  const offered = listed?.ops;
  const ops = opsOf(field, leaf.op).filter((op) => !offered || offered.includes(op));
  const unlisted = { value: leaf.path, label: fieldName(leaf.path) };
  const data = groups.map((group) => ({ group: t(`segments.fields.${group}`), items: [...fields.filter(({ path }) => groupOf(path) === group).map((each) => ({ value: each.path, label: each[language] })), ...(listed || groupOf(leaf.path) !== group ? [] : [unlisted])] })).filter(({ items }) => items.length > 0);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isComplete(leaf)) onSave(leaf);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <NativeSelect label={t('customers.filter.field')} value={leaf.path} data={data} onChange={({ currentTarget }) => setLeaf({ ...startField(fieldAt(currentTarget.value)), id: leaf.id })} />
        <NativeSelect label={t('customers.filter.op')} value={leaf.op} data={ops.map((op) => ({ value: op, label: t(`segments.op.${op}`) }))} onChange={({ currentTarget }) => setLeaf(withOp(leaf, currentTarget.value as Op, field))} />
        <Values inForm field={field} op={leaf.op} values={leaf.values} currency={leaf.currency} onChange={(values) => setLeaf({ ...leaf, values })} />
        <Group justify="flex-end"><Button type="submit" disabled={!isComplete(leaf)}>{t('customers.filter.apply')}</Button></Group>
      </Stack>
    </form>
  );
}
