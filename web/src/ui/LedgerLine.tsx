import { useTranslation } from 'react-i18next';
import { formatNumber } from '@/lib/format';
import type { Ledger } from './LedgerBar';
import classes from './LedgerBar.module.css';
import { useLanguage } from './useLanguage';

const parts = ['accepted', 'skipped', 'failed', 'uncertain', 'pending', 'canceled'] as const;

/** The ledger in one line of a list: the bar, and how many of the planned went out. */
export function LedgerLine({ counts }: { counts: Ledger }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <span className={classes.line}>
      <span className={classes.bar} aria-hidden="true">{parts.map((part) => (counts[part] > 0 ? <span key={part} data-part={part} style={{ flexGrow: counts[part] }} /> : null))}</span>
      <span className={classes.words}>{t('ui.ledger.line', { accepted: formatNumber(counts.accepted, language), planned: formatNumber(counts.planned, language) })}</span>
    </span>
  );
}
