import { ActionIcon, Button, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '@/lib/format';
import { IconClose } from '../icons';
import { useIsPhone } from '../useIsPhone';
import { useLanguage } from '../useLanguage';
import classes from './BulkBar.module.css';
import { chosenOf, type Selection } from './useSelection';

interface Props { selection: Selection; loaded: number; /** Exact number in the view, when known. */ total?: number; /** Verbs for the chosen rows. */ children: ReactNode }

/** Appears with the first chosen row; says how many, and offers all in the view once every loaded row is chosen. A phone has no box for all loaded rows: there it is offered at once. */
export function BulkBar({ selection, loaded, total, children }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const phone = useIsPhone();
  const count = chosenOf(selection, total);
  if (count === 0) return null;
  const offer = !selection.everything && total !== undefined && total > selection.ids.size && (phone || (selection.ids.size >= loaded && total > loaded));
  return (
    <div className={classes.root} role="region" aria-label={t('ui.table.bulk')}>
      <span role="status" className={classes.count}>{t('ui.table.chosen', { count, shown: formatNumber(count, language) })}</span>
      {offer ? <Button className={classes.offer} variant="subtle" size="compact-sm" onClick={selection.takeEverything}>{t('ui.table.everything', { count: total, shown: formatNumber(total, language) })}</Button> : null}
      <div className={classes.actions}>{children}</div>
      <Tooltip label={t('ui.table.clear')}><ActionIcon className={classes.clear} variant="subtle" color="gray" aria-label={t('ui.table.clear')} onClick={selection.clear}><IconClose size={16} aria-hidden /></ActionIcon></Tooltip>
    </div>
  );
}
