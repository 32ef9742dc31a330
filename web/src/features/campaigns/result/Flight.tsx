import { useTranslation } from 'react-i18next';
import { formatNumber } from '@/lib/format';
import { LedgerBar } from '@/ui/LedgerBar';
import { Section } from '@/ui/Section';
import { StateBadge } from '@/ui/StateBadge';
import { useLanguage } from '@/ui/useLanguage';
import { useUrlState } from '@/ui/useUrlState';
import { isMoving, type Report } from '../queries';
import classes from './Result.module.css';
import { places } from './places';

const minute = 60;

/** Where every planned message stands, how fast it goes and how long it still takes. */
export function Flight({ report }: { report: Report }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [, setPlace] = useUrlState(places);
  const { counts, rate, status } = report;
  const left = rate > 0 ? counts.pending / rate : undefined;
  return (
    <Section title={t('campaigns.flight.title')}>
      <LedgerBar counts={counts} onOpen={(part) => setPlace({ people: part === 'pending' ? 'planned' : part })} />
      {isMoving(status) ? (
        <p className={classes.facts}>
          <span>{t('campaigns.flight.rate', { shown: formatNumber(rate, language, rate < 10 ? 1 : 0) })}</span>
          {left === undefined ? null : <span>{left < minute ? t('campaigns.flight.soon') : t('campaigns.flight.left', { count: Math.ceil(left / minute) })}</span>}
        </p>
      ) : null}
      {status === 'stopped' ? <p className={classes.facts}><StateBadge tone="bad">{t('campaigns.flight.stopped')}</StateBadge><span>{report.statusReason}</span></p> : null}
      <Reasons title={t('campaigns.flight.skippedBy')} counts={report.skippedBy} />
      <Reasons title={t('campaigns.flight.failedBy')} counts={report.failedBy} />
    </Section>
  );
}

function Reasons({ title, counts }: { title: string; counts: Record<string, number> }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const reasons = Object.entries(counts).sort(([, a], [, b]) => b - a);
  if (reasons.length === 0) return null;
  return <p className={classes.facts}><span>{title}</span>{reasons.map(([reason, count]) => <span key={reason}>{t(`campaigns.reason.${reason}`)} <data value={count}>{formatNumber(count, language)}</data></span>)}</p>;
}
