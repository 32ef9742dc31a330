import { useTranslation } from 'react-i18next';
import { Money } from '@/ui/figures';
import { useScores } from './queries';
import classes from './Value.module.css';

const shown = 6;

/** The days on which the bands changed, the latest first. One day alone is no history. */
export function History({ id }: { id: string }) {
  const { t } = useTranslation();
  const points = useScores(id).data?.history ?? [];
  if (points.length < 2) return null;
  return (
    <details className={classes.history}>
      <summary>{t('customers.value.history', { count: points.length })}</summary>
      <ol>{points.slice(0, shown).map(({ asOf, rfm }) => <li key={asOf}><time dateTime={asOf}>{asOf}</time><span>{t('customers.value.bands', { r: rfm.r, f: rfm.f, m: rfm.m })}</span><Money value={rfm.revenue} /></li>)}</ol>
    </details>
  );
}
