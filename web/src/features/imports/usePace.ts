import { useEffect, useState } from 'react';

export interface Pace { rate: number; secondsLeft: number }
interface Seen { at: number; row: number; share: number }

/** Rows a second since the page first looked, and from it the time left. Nothing before two looks: a guess from one is no figure. */
export function paceOf(first: Seen, now: Seen): Pace | undefined {
  const seconds = (now.at - first.at) / 1000;
  const gained = now.share - first.share;
  if (seconds < 1 || gained <= 0) return undefined;
  return { rate: Math.round((now.row - first.row) / seconds), secondsLeft: Math.max(1, Math.round((1 - now.share) / (gained / seconds))) };
}

export function usePace(row: number, share: number): Pace | undefined {
  const [seen, setSeen] = useState<{ first: Seen; now: Seen }>();
  useEffect(() => {
    const now = { at: performance.now(), row, share };
    const timer = setTimeout(() => setSeen((known) => ({ first: known?.first ?? now, now })));
    return () => clearTimeout(timer);
  }, [row, share]);
  return seen && paceOf(seen.first, seen.now);
}
