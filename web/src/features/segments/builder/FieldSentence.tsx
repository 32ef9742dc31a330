import { NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '@/ui/useLanguage';
import { groupOf, opsOf, orderFields, startField, type FieldGroup } from '@/ui/rule/fields';
import { arity, customPrefix, type FieldLeaf, type Op } from '@/ui/rule/rule';
import { keyOfCustom } from '../rule/write';
import classes from './Builder.module.css';
import { useBuilder } from './useBuilder';
import { Values } from '@/ui/rule/Values';

const groups: readonly FieldGroup[] = ['profile', 'address', 'scores', 'consents'];

/** "시도가 부산, 대구 중 하나": Korean puts the operator last, English in the middle. */
export function FieldSentence({ leaf, scope }: { leaf: FieldLeaf; scope: 'customer' | 'order' }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { infos, typeOf, set } = useBuilder();
  const type = typeOf(leaf.path);
  const custom = keyOfCustom(leaf.path);
  const named = (info: { path: string; ko: string; en: string }) => ({ value: info.path, label: info[language] });
  const fields = scope === 'order' ? orderFields.map(named)
    : [...groups.map((group) => ({ group: t(`segments.fields.${group}`), items: infos.filter(({ path }) => groupOf(path) === group).map(named) })),
      { group: t('segments.fields.custom'), items: [{ value: customPrefix, label: t('segments.builder.customField') }] }];

  const setOp = (op: Op) => set({ ...leaf, op, values: op === 'inLast' ? ['P90D'] : leaf.op === 'inLast' || arity(op) === 0 ? [] : leaf.values });
  const operator = (
    <NativeSelect key="op" variant="unstyled" aria-label={t('segments.builder.op')} className={classes.word} value={leaf.op} onChange={({ currentTarget }) => setOp(currentTarget.value as Op)}
      data={opsOf(leaf.path, type, leaf.op).map((op) => ({ value: op, label: t(`segments.op.${op}`) }))} />
  );
  const values = <Values key="values" path={leaf.path} type={type} op={leaf.op} values={leaf.values} currency={leaf.currency} onChange={(next) => set({ ...leaf, values: next })} />;
  return (
    <>
      <NativeSelect variant="unstyled" aria-label={t('segments.builder.field')} className={classes.word} value={custom === undefined ? leaf.path : customPrefix} data={fields}
        onChange={({ currentTarget }) => set({ ...startField(currentTarget.value, typeOf(currentTarget.value)), id: leaf.id })} />
      {custom === undefined ? null : (
        <TextInput aria-label={t('segments.builder.customKey')} placeholder={t('segments.builder.customKey')} className={classes.text} value={custom} maxLength={100}
          onChange={({ currentTarget }) => set({ ...leaf, path: customPrefix + currentTarget.value.replace(/[\s./]/g, '') })} />
      )}
      {language === 'ko' ? [values, operator] : [operator, values]}
    </>
  );
}
