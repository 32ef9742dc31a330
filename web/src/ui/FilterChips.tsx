import { useTranslation } from 'react-i18next';
import type { ReactNode } from 'react';
import classes from './FilterChips.module.css';
import { IconClose } from './icons';

/** `words` is the whole clause from a translation: "지역이 부산 또는 대구", "Region is Busan or Daegu". */
export interface FilterChip { id: string; words: string; onEdit?: () => void; onRemove: () => void }

/** Filters that read as one sentence; `children` is the way to add one (a menu, a search field). */
export function FilterChips({ chips, children }: { chips: readonly FilterChip[]; children?: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className={classes.root}>
      {chips.length > 0 ? (
        <ul className={classes.list} aria-label={t('ui.filter.label')}>
          {chips.map(({ id, words, onEdit, onRemove }) => (
            <li key={id} className={classes.chip}>
              {onEdit ? <button type="button" className={classes.words} onClick={onEdit}>{words}</button> : <span className={classes.words}>{words}</span>}
              <button type="button" className={classes.remove} aria-label={t('ui.filter.remove', { words })} onClick={onRemove}><IconClose size={14} aria-hidden /></button>
            </li>
          ))}
        </ul>
      ) : null}
      {children}
    </div>
  );
}
