import { useTranslation } from 'react-i18next';
import { formatNumber } from '@/lib/format';
import { useLanguage } from '@/ui/useLanguage';
import classes from './Balance.module.css';
import type { Counts } from './import';

const parts = ['created', 'updated', 'skipped', 'failed'] as const;

/** read = created + updated + skipped + failed, at every moment; `check` says what would become of the rows. */
export function Balance({ counts, check = false }: { counts: Counts; check?: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const sum = parts.reduce((total, part) => total + counts[part], 0);
  return (
    <div className={classes.root}>
      <div className={classes.bar} aria-hidden="true">{parts.map((part) => (counts[part] > 0 ? <span key={part} data-part={part} style={{ flexGrow: counts[part] }} /> : null))}</div>
      <dl className={classes.sum}>
        <div><dt>{t('imports.count.read')}</dt><dd>{formatNumber(counts.read, language)}</dd></div>
        {parts.map((part, i) => (
          <div key={part}><dt><span className={classes.sign} aria-hidden="true">{i === 0 ? '=' : '+'}</span><span className={classes.swatch} data-part={part} aria-hidden="true" />{check ? t(`imports.count.would.${part}`) : t(`imports.count.${part}`)}</dt><dd>{formatNumber(counts[part], language)}</dd></div>
        ))}
      </dl>
      {sum === counts.read ? null : <p role="alert" className={classes.wrong}>{t('imports.unbalanced', { shown: formatNumber(sum, language) })}</p>}
    </div>
  );
}
