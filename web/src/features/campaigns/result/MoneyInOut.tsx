import { useTranslation } from 'react-i18next';
import { formatMoney } from '@/lib/format';
import { Money } from '@/ui/figures';
import { StatTile, StatTiles } from '@/ui/StatTile';
import { useLanguage } from '@/ui/useLanguage';
import type { Report } from '../queries';
import classes from './Result.module.css';

/** Money in, money out, and what is left; other currencies stand apart and are never added. */
export function MoneyInOut({ report, budget }: { report: Report; budget: { amount: string; currency: string } | undefined }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { revenue, otherRevenue } = report;
  // The API says null for a cost that nobody has entered, though its document does not.
  const cost = report.cost as Report['cost'] | null;
  const left = cost && cost.currency === revenue.currency ? { amount: String(Number(revenue.amount) - Number(cost.amount)), currency: revenue.currency } : undefined;
  return (
    <>
      <StatTiles>
        <StatTile label={t('campaigns.money.in')} value={<Money short value={revenue} />} comparison={{ tone: 'neutral', words: t('campaigns.money.inWhy') }} />
        <StatTile label={t('campaigns.money.out')} value={cost ? <Money short value={cost} /> : '–'} comparison={cost ? (budget ? { tone: 'neutral', words: t('campaigns.money.budget', { budget: formatMoney(budget, language) }) } : undefined) : { tone: 'attention', words: t('campaigns.money.noCost') }} />
        {left ? <StatTile label={t('campaigns.money.left')} value={<Money short value={left} />} comparison={{ tone: Number(left.amount) >= 0 ? 'good' : 'bad', words: t('campaigns.money.leftWhy') }} /> : null}
      </StatTiles>
      {otherRevenue?.length ? <p className={classes.facts}><span>{t('campaigns.money.others')}</span>{otherRevenue.map((money) => <span key={money.currency}><Money value={money} /></span>)}</p> : null}
    </>
  );
}
