import type { ReactNode } from 'react';
import classes from './StateBadge.module.css';

export type Tone = 'good' | 'attention' | 'bad' | 'neutral';

/** Colour is never alone: each tone has its own shape, and the word stands beside it. */
const shapes: Record<Tone, ReactNode> = {
  good: <circle cx="6" cy="6" r="4.5" fill="currentColor" />,
  attention: <path d="M6 1.2 11.2 10.6H.8z" fill="currentColor" />,
  bad: <path d="M2 2l8 8M10 2l-8 8" stroke="currentColor" strokeWidth="2.4" strokeLinecap="round" />,
  neutral: <circle cx="6" cy="6" r="3.8" fill="none" stroke="currentColor" strokeWidth="1.8" />,
};

export function ToneShape({ tone }: { tone: Tone }) {
  return <svg className={classes.shape} data-tone={tone} viewBox="0 0 12 12" aria-hidden="true">{shapes[tone]}</svg>;
}

export function StateBadge({ tone, children }: { tone: Tone; children: ReactNode }) {
  return <span className={classes.root} data-tone={tone}><ToneShape tone={tone} />{children}</span>;
}
