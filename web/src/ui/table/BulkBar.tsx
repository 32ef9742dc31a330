import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '@/lib/format';
import { useLanguage } from '../useLanguage';
import classes from './BulkBar.module.css';
import type { Selection } from './useSelection';

interface Props { selection: Selection; loaded: number; /** Exact number in the view, when known. */ total?: number; /** Verbs for the chosen rows. */ children: ReactNode }

/** Appears with the first chosen row; says how many, and offers all in the view once every loaded row is chosen. */
export function BulkBar({ selection, loaded, total, children }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const count = selection.everything ? (total ?? selection.ids.size) : selection.ids.size;
  if (count === 0) return null;
  const offer = !selection.everything && selection.ids.size >= loaded && total !== undefined && total > loaded;
  return (
    <div className={classes.root} role="region" aria-label={t('ui.table.bulk')}>
      <span role="status">{t('ui.table.chosen', { count, shown: formatNumber(count, language) })}</span>
      {offer ? <Button variant="subtle" size="compact-sm" onClick={selection.takeEverything}>{t('ui.table.everything', { count: total, shown: formatNumber(total, language) })}</Button> : null}
      <div className={classes.actions}>{children}</div>
      <Button variant="subtle" color="gray" size="compact-sm" onClick={selection.clear}>{t('ui.table.clear')}</Button>
    </div>
  );
}
