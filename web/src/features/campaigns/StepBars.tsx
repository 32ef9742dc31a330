import type { ReactNode } from 'react';
import { formatNumber, formatPercent } from '@/lib/format';
import { useLanguage } from '@/ui/useLanguage';
import classes from './StepBars.module.css';

export interface Step { id: string; label: ReactNode; value: number; /** How many fell away here, in words. */ lost?: string; list?: ReactNode; strong?: boolean; /** Share of this, beside the number. */ of?: number }

/** A crowd step by step: the number, how many fell away, a thin bar of what is left. */
export function StepBars({ steps, most }: { steps: readonly Step[]; most: number }) {
  const language = useLanguage();
  return (
    <ol className={classes.root}>
      {steps.map(({ id, label, value, lost, list, strong, of }) => (
        <li key={id} className={classes.step} data-strong={strong || undefined}>
          <span className={classes.label}>{label}</span>
          <span className={classes.lost}>{lost}{list}</span>
          <span className={classes.value}>{of ? <span className={classes.share}>{formatPercent(value / of, language)}</span> : null}<data value={value}>{formatNumber(value, language)}</data></span>
          <span className={classes.track} aria-hidden="true"><span className={classes.bar} style={{ inlineSize: `${most > 0 ? (100 * value) / most : 0}%` }} /></span>
        </li>
      ))}
    </ol>
  );
}
