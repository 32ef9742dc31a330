import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '@/ui/useLanguage';
import { freeField, groupOf, opsOf, orderFields, startField, withOp, type FieldGroup } from '@/ui/rule/fields';
import { customPrefix, type FieldLeaf, type Op } from '@/ui/rule/rule';
import { keyOfCustom } from '../rule/write';
import classes from './Builder.module.css';
import { FreeKeyInput } from './FreeKeyInput';
import { useBuilder } from './useBuilder';
import { Values } from '@/ui/rule/Values';

const groups: readonly FieldGroup[] = ['profile', 'address', 'custom', 'scores', 'consents'];

/** "시도가 부산, 대구 중 하나": Korean puts the operator last, English in the middle. */
export function FieldSentence({ leaf, scope }: { leaf: FieldLeaf; scope: 'customer' | 'order' }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { infos, fieldAt, set } = useBuilder();
  // A key that is being typed may be that of a defined field on its way to a longer one.
  const [typing, setTyping] = useState(false);
  const custom = keyOfCustom(leaf.path);
  const free = custom !== undefined && (typing || !infos.some(({ path }) => path === leaf.path));
  const field = free ? freeField(leaf.path) : fieldAt(leaf.path);
  const named = (info: { path: string; ko: string; en: string }) => ({ value: info.path, label: info[language] });
  const inGroup = (group: FieldGroup) => [...infos.filter(({ path }) => groupOf(path) === group).map(named), ...(group === 'custom' ? [{ value: customPrefix, label: t('segments.builder.customField') }] : [])];
  const fields = scope === 'order' ? orderFields.map(named) : groups.map((group) => ({ group: t(`segments.fields.${group}`), items: inGroup(group) }));
  const ask = (path: string) => set({ ...startField(fieldAt(path)), id: leaf.id });
  const settle = () => {
    setTyping(false);
    if (infos.some(({ path }) => path === leaf.path)) ask(leaf.path);
  };

  const operator = (
    <NativeSelect key="op" variant="unstyled" aria-label={t('segments.builder.op')} className={classes.word} value={leaf.op} onChange={({ currentTarget }) => set(withOp(leaf, currentTarget.value as Op, field))}
      data={opsOf(field, leaf.op).map((op) => ({ value: op, label: t(`segments.op.${op}`) }))} />
  );
  const values = <Values key="values" field={field} op={leaf.op} values={leaf.values} currency={leaf.currency} onChange={(next) => set({ ...leaf, values: next })} />;
  return (
    <>
      <NativeSelect variant="unstyled" aria-label={t('segments.builder.field')} className={classes.word} value={free ? customPrefix : leaf.path} data={fields} onChange={({ currentTarget }) => ask(currentTarget.value)} />
      {free ? <FreeKeyInput value={custom} onFocus={() => setTyping(true)} onBlur={settle} onChange={(key) => set({ ...leaf, path: customPrefix + key })} /> : null}
      {language === 'ko' ? [values, operator] : [operator, values]}
    </>
  );
}
