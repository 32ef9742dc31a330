import { useTranslation } from 'react-i18next';
import { formatFixed, formatNumber } from '@/lib/format';
import { ScrollRegion } from '@/ui/ScrollRegion';
import { useLanguage } from '@/ui/useLanguage';
import classes from './ModelCard.module.css';
import type { Fitted } from './queries';

const digits = 3;
/** From here on digits behind the point say nothing any more: γ is money. */
const whole = 1_000;
const greek: Readonly<Record<string, string>> = { alpha: 'α', beta: 'β', gamma: 'γ' };

/** The parameters of every model that was fitted, each with its interval. */
export function ParameterTable({ models, chosen }: { models: readonly Fitted[]; chosen: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const count = (value: number) => formatNumber(value, language);
  const number = (value: number) => (Math.abs(value) < whole ? formatFixed(value, language, digits) : count(value));
  return (
    <ScrollRegion name={t('value.parameters.title')} className={classes.scroll}>
      <table className={classes.table}>
        <caption className={classes.caption}><strong>{t('value.parameters.title')}</strong> {t('value.parameters.caption')}</caption>
        <thead><tr><th scope="col">{t('value.accuracy.model')}</th><th scope="col">{t('value.parameters.name')}</th><th scope="col">{t('value.parameters.value')}</th><th scope="col">{t('value.parameters.interval')}</th></tr></thead>
        {models.map(({ model, parameters, logLikelihood, notEnoughData }) => (
          <tbody key={model} data-chosen={model === chosen || model === 'gammaGamma' || undefined}>
            {notEnoughData ? (
              <tr><th scope="row">{t(`value.model.name.${model}`)}</th><td colSpan={3} className={classes.why}>{t(`value.model.lack.${notEnoughData.reason}`, { have: count(notEnoughData.have), need: count(notEnoughData.need) })}</td></tr>
            ) : parameters.map(({ name, value, low, high }, i) => (
              <tr key={name}>
                {i === 0 ? <th scope="rowgroup" rowSpan={parameters.length}>{t(`value.model.name.${model}`)}<span className={classes.likelihood}>{t('value.parameters.likelihood', { shown: formatFixed(logLikelihood, language, 1) })}</span></th> : null}
                <td className={classes.name}>{greek[name] ?? name}</td>
                <td>{number(value)}</td>
                <td>{low !== undefined && high !== undefined ? `${number(low)} – ${number(high)}` : t('value.parameters.unsure')}</td>
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </ScrollRegion>
  );
}
