import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import { formatNumber } from '@/lib/format';
import { ErrorState } from '@/ui/ErrorState';
import { Money } from '@/ui/figures';
import { useLanguage } from '@/ui/useLanguage';
import type { Preview } from '../queries';
import classes from './Crowd.module.css';

interface Props { preview: Preview | undefined; counting: boolean; error: unknown; onRetry: () => void }

/** How many meet the rule now and what they have bought. The last figures stay, dimmed, while newer ones are counted. */
export function Crowd({ preview, counting, error, onRetry }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const others = preview?.values?.slice(1) ?? [];
  if (error && !counting) return <ErrorState inline trouble={problemOf(error)} kept={t('segments.crowd.kept')} onRetry={onRetry} />;
  return (
    <div className={classes.crowd} aria-busy={counting} role="status">
      <p className={classes.count}><strong>{preview ? formatNumber(preview.count, language) : '–'}</strong> {t('segments.crowd.people', { count: preview?.count ?? 0 })}</p>
      <p className={classes.value}>
        {preview ? <span>{t('segments.crowd.value')} <Money value={preview.value} /></span> : null}
        {others.map((money) => <span key={money.currency}><Money value={money} /></span>)}
      </p>
    </div>
  );
}
