import { useTranslation } from 'react-i18next';
import { formatPercent } from '@/lib/format';
import { useLanguage } from '@/ui/useLanguage';
import type { Tier } from './queries';
import classes from './ShareCurve.module.css';

const fifth = 20;

/** The 20/80 curve: what part of the revenue the best tenths of the buyers bring together. The table beside it holds the same figures. */
export function ShareCurve({ deciles, topFifth }: { deciles: readonly Tier[]; topFifth: number }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const percent = (share: number) => formatPercent(share, language, 0);
  const points = [[0, 0], ...deciles.map(({ toPercent, cumulative }) => [toPercent, 100 * cumulative])].map(([x = 0, y = 0]) => `${x},${100 - y}`).join(' ');
  return (
    <figure className={classes.root}>
      <figcaption className={classes.words}>{t('value.curve.words', { share: formatPercent(topFifth, language) })}</figcaption>
      <div className={classes.plot} aria-hidden="true">
        <span className={classes.top}>{percent(1)}</span><span className={classes.zero}>0</span>
        <svg viewBox="0 0 100 100" preserveAspectRatio="none">
          <line x1="0" y1="100" x2="100" y2="0" className={classes.even} />
          <polygon points={`0,100 ${points} 100,100`} className={classes.area} />
          <polyline points={points} className={classes.line} />
          <polyline points={`${fifth},100 ${fifth},${100 - 100 * topFifth} 0,${100 - 100 * topFifth}`} className={classes.mark} />
        </svg>
        <span className={classes.fifth} style={{ insetInlineStart: `${fifth}%` }}>{t('value.curve.fifth')}</span>
        <span className={classes.end}>{t('value.curve.all')}</span>
        <span className={classes.share} style={{ insetBlockStart: `${100 - 100 * topFifth}%` }}>{percent(topFifth)}</span>
      </div>
    </figure>
  );
}
