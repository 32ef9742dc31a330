import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Sparkline } from './Sparkline';
import { ToneShape, type Tone } from './StateBadge';
import classes from './StatTile.module.css';

export interface Comparison { /** "어제보다 12 % 늘었어요": the whole sentence, from a translation. */ words: string; tone: Tone }
interface Props { label: string; value: ReactNode; comparison?: Comparison; trend?: readonly number[]; /** Where the people behind the number are. */ to?: string; loading?: boolean }

export function StatTile({ label, value, comparison, trend, to, loading = false }: Props) {
  const body = (
    <>
      <span className={classes.label}>{label}</span>
      <span className={classes.row}>
        <strong className={classes.value} data-loading={loading || undefined}>{loading ? '' : value}</strong>
        {trend && !loading ? <Sparkline values={trend} /> : null}
      </span>
      <span className={classes.comparison}>{comparison && !loading ? <><ToneShape tone={comparison.tone} />{comparison.words}</> : null}</span>
    </>
  );
  return to ? <Link to={to} className={classes.root}>{body}</Link> : <div className={classes.root} aria-busy={loading}>{body}</div>;
}

export function StatTiles({ children }: { children: ReactNode }) {
  return <div className={classes.grid}>{children}</div>;
}
