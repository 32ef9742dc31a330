import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { formatPercent } from '@/lib/format';
import { Money, Quantity } from '@/ui/figures';
import { useLanguage } from '@/ui/useLanguage';
import classes from './Pyramid.module.css';
import type { Tier } from './queries';
import { ruleOfTier, segmentPath } from './rules';

/** The tiers of the buyers as slices of a pyramid, the best at its tip, each with what it brings. */
export function Pyramid({ tiers }: { tiers: readonly Tier[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const named = ({ fromPercent, toPercent }: Tier) => {
    if (toPercent === 100) return t('value.pyramid.rest');
    return fromPercent === 0 ? t('value.pyramid.first', { to: toPercent }) : t('value.pyramid.top', { from: fromPercent, to: toPercent });
  };
  return (
    <table className={classes.root}>
      <caption className={classes.caption}>{t('value.pyramid.caption')}</caption>
      <thead>
        <tr><td /><th scope="col">{t('value.pyramid.tier')}</th><th scope="col">{t('value.pyramid.people')}</th><th scope="col">{t('value.pyramid.revenue')}</th><th scope="col">{t('value.pyramid.share')}</th></tr>
      </thead>
      <tbody>
        {tiers.map((tier, i) => (
          <tr key={tier.toPercent}>
            <td className={classes.slice} aria-hidden="true"><Slice at={i} of={tiers.length} /></td>
            <th scope="row"><Link to={segmentPath(ruleOfTier(tier.fromPercent, tier.toPercent), named(tier))} className={classes.link}>{named(tier)}</Link></th>
            <td><Quantity value={tier.customers} unit="people" /></td>
            <td><Money short value={tier.revenue} /></td>
            <td>{formatPercent(tier.share, language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Slice({ at, of }: { at: number; of: number }) {
  const half = (edge: number) => (50 * edge) / of;
  const points = `${50 - half(at)},0 ${50 + half(at)},0 ${50 + half(at + 1)},40 ${50 - half(at + 1)},40`;
  return <svg viewBox="0 0 100 40" preserveAspectRatio="none"><polygon points={points} style={{ fillOpacity: 1 - (0.8 * at) / of }} /></svg>;
}
