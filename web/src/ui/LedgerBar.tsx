import { useTranslation } from 'react-i18next';
import { formatNumber } from '@/lib/format';
import classes from './LedgerBar.module.css';
import { useLanguage } from './useLanguage';

export interface Ledger { planned: number; accepted: number; skipped: number; failed: number; uncertain: number; pending: number; canceled: number }

const parts = ['accepted', 'skipped', 'failed', 'uncertain', 'pending', 'canceled'] as const;
export type LedgerPart = (typeof parts)[number];

/** planned = accepted + skipped + failed + uncertain + pending + canceled, at every moment; a sum that does not hold is said aloud. */
export function LedgerBar({ counts, onOpen }: { counts: Ledger; /** Opens the people behind a part. */ onOpen?: (part: LedgerPart) => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const shown = parts.filter((part) => counts[part] > 0 || part === 'accepted');
  const sum = parts.reduce((total, part) => total + counts[part], 0);
  return (
    <div className={classes.root}>
      <p className={classes.planned}>{t('ui.ledger.planned', { count: counts.planned, shown: formatNumber(counts.planned, language) })}</p>
      <div className={classes.bar} aria-hidden="true">
        {parts.map((part) => counts[part] > 0 ? <span key={part} data-part={part} style={{ flexGrow: counts[part] }} /> : null)}
      </div>
      <ul className={classes.legend}>
        {shown.map((part) => (
          <li key={part}>
            <span className={classes.swatch} data-part={part} aria-hidden="true" />
            {onOpen ? <button type="button" className={classes.open} onClick={() => onOpen(part)}>{t(`ui.ledger.${part}`)}</button> : <span>{t(`ui.ledger.${part}`)}</span>}
            <data value={counts[part]}>{formatNumber(counts[part], language)}</data>
          </li>
        ))}
      </ul>
      {sum === counts.planned ? null : <p role="alert" className={classes.wrong}>{t('ui.ledger.unbalanced', { shown: formatNumber(sum, language) })}</p>}
    </div>
  );
}
