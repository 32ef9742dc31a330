import { useTranslation } from 'react-i18next';
import { formatPercent } from '@/lib/format';
import { Money, Quantity } from '@/ui/figures';
import { useLanguage } from '@/ui/useLanguage';
import type { Comparison } from '../queries';
import { compare, type Verdict } from '../stats';
import classes from './Result.module.css';

/** What the campaign did beyond what would have happened anyway, first in words, then side by side. */
export function HoldoutComparison({ comparison, expected }: { comparison: Comparison; expected: number | undefined }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { sent, holdout } = comparison;
  const verdict = compare(sent, holdout);
  const sides = [['sent', sent], ['holdout', holdout]] as const;
  return (
    <>
      <p className={classes.verdict}>{verdict ? <Words verdict={verdict} /> : t('campaigns.compare.few')}</p>
      {verdict && expected !== undefined ? <p className={classes.facts}>{t('campaigns.compare.expected', { points: points(expected, language) })}</p> : null}
      <table className={classes.table}>
        <thead><tr><td /><th scope="col">{t('campaigns.compare.people')}</th><th scope="col">{t('campaigns.compare.bought')}</th><th scope="col">{t('campaigns.compare.share')}</th><th scope="col">{t('campaigns.compare.perPerson')}</th></tr></thead>
        <tbody>
          {sides.map(([side, { people, bought, boughtShare, revenuePerPerson }]) => (
            <tr key={side}><th scope="row">{t(`campaigns.compare.${side}`)}</th><td><Quantity value={people} unit="people" /></td><td><Quantity value={bought} unit="people" /></td><td>{formatPercent(boughtShare, language)}</td><td><Money value={revenuePerPerson} /></td></tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

const points = (share: number, language: 'ko' | 'en'): string => new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(Math.abs(share) * 100);

function Words({ verdict }: { verdict: Verdict }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const signed = (share: number) => new Intl.NumberFormat(language, { maximumFractionDigits: 1, signDisplay: 'exceptZero' }).format(share * 100);
  const facts = { points: points(verdict.difference, language), low: signed(verdict.low), high: signed(verdict.high), chance: formatPercent(verdict.chance, language, verdict.chance < 0.01 ? 2 : 0) };
  if (verdict.chance > 0.2) return t('campaigns.compare.even', facts);
  return verdict.difference > 0 ? t('campaigns.compare.more', facts) : t('campaigns.compare.less', facts);
}
