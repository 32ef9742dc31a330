import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { problemOf } from '@/api/problem';
import { formatNumber } from '@/lib/format';
import { ErrorState } from '@/ui/ErrorState';
import { Section } from '@/ui/Section';
import { useLanguage } from '@/ui/useLanguage';
import classes from './ModelCard.module.css';
import { ModelFigures } from './ModelFigures';
import { useModelCard, type Lack } from './queries';

/** What the forecasts of a day rest on, or why there are none. */
export function ModelCard({ asOf }: { asOf: string }) {
  const { t } = useTranslation();
  const { data: card, error, refetch } = useModelCard(asOf);
  return (
    <Section title={t('value.model.title')}>
      {error ? <ErrorState inline trouble={problemOf(error)} onRetry={() => void refetch()} /> : null}
      {card === undefined && !error ? <div className={classes.waiting} aria-busy="true" /> : null}
      {card === null ? <p className={classes.quiet}>{t('value.model.none')}</p> : null}
      {card?.notEnoughData ? <NotEnough lack={card.notEnoughData} /> : null}
      {card && !card.notEnoughData ? <ModelFigures card={card} /> : null}
    </Section>
  );
}

function NotEnough({ lack }: { lack: Lack }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <div className={classes.lack}>
      <p><strong>{t('value.model.few')}</strong></p>
      <p>{t(`value.model.lack.${lack.reason}`, { have: formatNumber(lack.have, language), need: formatNumber(lack.need, language) })} {t('value.model.noGuess')}</p>
      {lack.reason === 'notConverged' ? <Button component={Link} to="/settings" variant="default" size="compact-md">{t('value.model.settings')}</Button>
        : <Button component={Link} to="/imports" variant="default" size="compact-md">{t('value.few.action')}</Button>}
    </div>
  );
}
