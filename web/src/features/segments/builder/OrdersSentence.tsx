import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '@/ui/useLanguage';
import type { Op, OrdersLeaf } from '@/ui/rule/rule';
import classes from './Builder.module.css';
import { GroupCard } from './GroupCard';
import { PeriodInput } from '@/ui/rule/PeriodInput';
import { useBuilder } from './useBuilder';
import { Values } from '@/ui/rule/Values';
import { WhichOrders } from './WhichOrders';

const ops: readonly Op[] = ['gte', 'lte', 'eq', 'gt', 'lt', 'between'];

/** "최근 90일 동안 주문 건수가 3건 이상", with conditions on which orders count. */
export function OrdersSentence({ leaf }: { leaf: OrdersLeaf }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { set } = useBuilder();
  const when = (
    <span key="when" className={classes.value}>
      <NativeSelect variant="unstyled" aria-label={t('segments.builder.when')} className={classes.word} value={leaf.inLast === '' ? 'always' : 'inLast'} data={(['always', 'inLast'] as const).map((value) => ({ value, label: t(`segments.when.${value}`) }))}
        onChange={({ currentTarget }) => set({ ...leaf, inLast: currentTarget.value === 'inLast' ? 'P90D' : '' })} />
      {leaf.inLast === '' ? null : <PeriodInput value={leaf.inLast} onChange={(inLast) => set({ ...leaf, inLast: inLast || 'P1D' })} />}
    </span>
  );
  const measure = (
    <NativeSelect key="measure" variant="unstyled" aria-label={t('segments.builder.measure')} className={classes.word} value={leaf.sum ? 'sum' : 'count'} data={(['count', 'sum'] as const).map((value) => ({ value, label: t(`segments.measure.${value}`) }))}
      onChange={({ currentTarget }) => set({ ...leaf, sum: currentTarget.value === 'sum', values: [] })} />
  );
  const operator = (
    <NativeSelect key="op" variant="unstyled" aria-label={t('segments.builder.op')} className={classes.word} value={leaf.op} data={ops.map((op) => ({ value: op, label: t(`segments.op.${op}`) }))}
      onChange={({ currentTarget }) => set({ ...leaf, op: currentTarget.value as Op })} />
  );
  const values = <Values key="values" field={{ path: 'orders', type: leaf.sum ? 'money' : 'number' }} op={leaf.op} values={leaf.values} currency={leaf.currency} onChange={(next) => set({ ...leaf, values: next })} />;
  return (
    <>
      {language === 'ko' ? [when, measure, values, operator] : [measure, operator, values, when]}
      {leaf.where.children.length > 0 ? <GroupCard group={leaf.where} scope="order" /> : <WhichOrders leaf={leaf} />}
    </>
  );
}
