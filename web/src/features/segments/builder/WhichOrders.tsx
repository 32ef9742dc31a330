import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { startField } from '@/ui/rule/fields';
import { emptyGroup, type OrdersLeaf } from '@/ui/rule/rule';
import { useBuilder } from './useBuilder';

/** The door to counting only some orders; shut until it is wanted, for most rules never open it. */
export function WhichOrders({ leaf }: { leaf: OrdersLeaf }) {
  const { t } = useTranslation();
  const { set, focus, fieldAt } = useBuilder();
  const open = () => {
    const first = startField(fieldAt('order.product'));
    set({ ...leaf, where: emptyGroup('all', [first]) });
    focus(first.id);
  };
  return <Button size="compact-sm" variant="subtle" color="gray" onClick={open}>{t('segments.builder.where')}</Button>;
}
