import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { formatNumber, formatPercent } from '@/lib/format';
import { Quantity } from '@/ui/figures';
import { StatTile, StatTiles } from '@/ui/StatTile';
import { useLanguage } from '@/ui/useLanguage';
import { AccuracyTable } from './AccuracyTable';
import { Definition } from './Definition';
import { HoldoutCurve } from './HoldoutCurve';
import classes from './ModelCard.module.css';
import { ParameterTable } from './ParameterTable';
import type { ModelCard } from './queries';

/** The card of fitted models: what was seen, how well the past was foretold, the parameters, and what the models cannot say. */
export function ModelFigures({ card }: { card: ModelCard }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { terms } = card;
  const accuracy = card.models.find(({ model }) => model === card.chosen)?.accuracy;
  return (
    <div className={classes.root}>
      <StatTiles>
        <StatTile label={t('value.model.used')} value={t(`value.model.name.${card.chosen}`)} comparison={{ tone: 'neutral', words: t(`value.model.by.${card.chosenBy}`) }} />
        <StatTile label={t('value.model.buyers')} value={<Quantity value={card.buyers} />} comparison={{ tone: 'neutral', words: t('value.model.repeaters', { shown: formatNumber(card.repeatBuyers, language) }) }} />
        <StatTile label={t('value.model.seen')} value={t('value.model.days', { count: card.days, shown: formatNumber(card.days, language) })} comparison={{ tone: 'neutral', words: t('value.model.from', { day: card.from }) }} />
        <StatTile label={t('value.model.missed')} value={accuracy ? formatPercent(Math.abs(accuracy.errorPercent) / 100, language) : t('value.model.unknown')} comparison={accuracy ? { tone: 'neutral', words: t(accuracy.errorPercent < 0 ? 'value.model.under' : 'value.model.over') } : undefined} />
      </StatTiles>
      <p className={classes.quiet}>
        {t('value.model.terms', { days: formatNumber(terms.horizonDays, language), years: terms.lifetimeYears, discount: formatPercent(terms.discountPercent / 100, language), margin: formatPercent(terms.marginPercent / 100, language) })} <Link to="/settings" className={classes.link}>{t('value.model.change')}</Link>
      </p>
      {accuracy ? <HoldoutCurve weeks={card.curve} accuracy={accuracy} asOf={card.asOf} /> : null}
      <AccuracyTable models={card.models} chosen={card.chosen} />
      <ParameterTable models={card.models} chosen={card.chosen} />
      <div className={classes.words}>
        {card.models.map(({ model, words }) => (
          <details key={model}>
            <summary>{t('value.model.about', { model: t(`value.model.name.${model}`) })}</summary>
            <p>{words.says}</p>
            <p><strong>{t('value.model.limits')}</strong> {words.limits}</p>
            <p className={classes.source}>{words.source}</p>
          </details>
        ))}
        <details>
          <summary>{t('value.definition')}</summary>
          <Definition text={card.definition} />
        </details>
      </div>
    </div>
  );
}
