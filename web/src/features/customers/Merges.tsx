import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { When } from '@/ui/figures';
import classes from './Customers.module.css';
import { useMergeAgain, useMerges, useUnmerge, type Merge } from './queries';

/** Who became part of this customer; the latest can be taken back. */
export function Merges({ id }: { id: string }) {
  const merges = useMerges(id).data?.data ?? [];
  const held = merges.filter(({ status }) => status !== 'undone');
  if (held.length === 0) return null;
  return <ul className={classes.merges}>{held.map((merge, at) => <Line key={merge.id} id={id} merge={merge} latest={at === 0} />)}</ul>;
}

function Line({ id, merge, latest }: { id: string; merge: Merge; latest: boolean }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const undo = useUnmerge(id);
  const again = useMergeAgain(id);
  const name = merge.mergedName ?? merge.mergedId;
  const words = { name, orders: merge.moved.orders, messages: merge.moved.messages };
  return (
    <li>
      <span>{t(stateOf(merge), words)} <When at={merge.at} /></span>
      {merge.gaveUp ? <Button variant="subtle" size="compact-sm" loading={again.isPending} onClick={() => again.mutate(merge)}>{t('customers.merge.again')}</Button> : null}
      {latest && merge.status === 'merged' ? <Button variant="subtle" size="compact-sm" onClick={() => setAsking(true)}>{t('customers.merge.undo')}</Button> : null}
      <ConfirmDialog opened={asking} title={t('customers.merge.undoTitle', { name })} confirm={t('customers.merge.undo')} onConfirm={() => undo.mutateAsync(merge.id)} onClose={() => setAsking(false)}>
        {t('customers.merge.undoWhy')}
      </ConfirmDialog>
    </li>
  );
}

function stateOf({ status, gaveUp }: Merge) {
  if (status === 'moving') return gaveUp ? 'customers.merge.movingLeft' : 'customers.merge.moving';
  if (status === 'undoing') return gaveUp ? 'customers.merge.undoingLeft' : 'customers.merge.undoing';
  return 'customers.merge.done';
}
