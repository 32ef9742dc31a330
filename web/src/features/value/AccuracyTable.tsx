import { useTranslation } from 'react-i18next';
import { formatDifference, formatFixed, formatNumber } from '@/lib/format';
import { ScrollRegion } from '@/ui/ScrollRegion';
import { StateBadge } from '@/ui/StateBadge';
import { useLanguage } from '@/ui/useLanguage';
import classes from './ModelCard.module.css';
import type { Fitted } from './queries';

/** How well each model of purchases foretold the last third of the days, the chosen one marked. */
export function AccuracyTable({ models, chosen }: { models: readonly Fitted[]; chosen: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const number = (value: number) => formatNumber(value, language);
  const heads = ['predicted', 'actual', 'error', 'meanError', 'correlation'] as const;
  return (
    <ScrollRegion name={t('value.accuracy.title')} className={classes.scroll}>
      <table className={classes.table}>
        <caption className={classes.caption}><strong>{t('value.accuracy.title')}</strong> {t('value.accuracy.caption')}</caption>
        <thead><tr><th scope="col">{t('value.accuracy.model')}</th>{heads.map((head) => <th key={head} scope="col">{t(`value.accuracy.${head}`)}</th>)}</tr></thead>
        <tbody>
          {models.filter(({ model }) => model !== 'gammaGamma').map(({ model, accuracy, unproven, notEnoughData }) => {
            const lack = notEnoughData ?? unproven;
            return (
              <tr key={model}>
                <th scope="row">{t(`value.model.name.${model}`)} {model === chosen ? <StateBadge tone="good">{t('value.accuracy.chosen')}</StateBadge> : null}</th>
                {accuracy ? (
                  <>
                    <td>{number(accuracy.predicted)}</td><td>{number(accuracy.actual)}</td><td>{formatDifference(accuracy.errorPercent / 100, language)}</td>
                    <td>{formatFixed(accuracy.meanError, language, 3)}</td><td>{formatFixed(accuracy.correlation, language, 3)}</td>
                  </>
                ) : <td colSpan={heads.length} className={classes.why}>{lack ? t(`value.model.lack.${lack.reason}`, { have: number(lack.have), need: number(lack.need) }) : null}</td>}
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
