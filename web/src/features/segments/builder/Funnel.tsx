import { useTranslation } from 'react-i18next';
import { formatNumber } from '@/lib/format';
import { Truncate } from '@/ui/Truncate';
import { useLanguage } from '@/ui/useLanguage';
import { useFunnel, type Rule } from '../queries';
import classes from './Crowd.module.css';

const everybody: Rule = { all: [] };

/** How each condition narrows the crowd: everybody first, then one more condition a line. */
export function Funnel({ steps }: { steps: readonly { id: string; rule: Rule }[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const counts = useFunnel([everybody, ...steps.map(({ rule }) => rule)]).map(({ data }) => data?.count);
  const all = Math.max(1, ...counts.map((count) => count ?? 0));
  return (
    <ol className={classes.funnel}>
      {counts.map((count, i) => (
        <li key={i === 0 ? 'all' : steps[i - 1]?.id} className={classes.step}>
          <Truncate>{i === 0 ? t('segments.funnel.everybody') : t('segments.funnel.step', { count: i })}</Truncate>
          <data value={count}>{count === undefined ? '–' : formatNumber(count, language)}</data>
          <span className={classes.track} aria-hidden="true"><span className={classes.bar} style={{ inlineSize: `${(100 * (count ?? 0)) / all}%` }} /></span>
        </li>
      ))}
    </ol>
  );
}
