import { useTranslation } from 'react-i18next';
import { formatNumber } from '@/lib/format';
import { Truncate } from '@/ui/Truncate';
import { useLanguage } from '@/ui/useLanguage';
import { useFunnel, useSentences, type Rule } from '../queries';
import type { Step } from '../rule/write';
import classes from './Crowd.module.css';

const everybody: Rule = { all: [] };

/** How each condition narrows the crowd: everybody first, then one more condition a line. */
export function Funnel({ steps }: { steps: readonly Step[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const crowds = useFunnel([everybody, ...steps.map(({ rule }) => rule)]);
  const counts = crowds.map(({ data }) => data?.count);
  const sentences = useSentences(steps.map(({ part }) => part), crowds[0]?.data?.sample?.[0]?.id);
  const all = Math.max(1, ...counts.map((count) => count ?? 0));
  return (
    <ol className={classes.funnel}>
      {counts.map((count, i) => (
        <li key={i === 0 ? 'all' : steps[i - 1]?.id} className={classes.step}>
          <Truncate>{i === 0 ? t('segments.funnel.everybody') : sentences[i - 1] ?? '…'}</Truncate>
          <data value={count}>{count === undefined ? '–' : formatNumber(count, language)}</data>
          <span className={classes.track} aria-hidden="true"><span className={classes.bar} style={{ inlineSize: `${(100 * (count ?? 0)) / all}%` }} /></span>
        </li>
      ))}
    </ol>
  );
}
