import type { ReactNode } from 'react';

export type DrawingName = 'people' | 'letter' | 'chart' | 'file' | 'search' | 'shop';

/** Small line drawings for empty pages. Ink lines in `currentColor`, one touch of the accent. */
const accent = { stroke: 'var(--dg-accent)' };

const drawings: Record<DrawingName, ReactNode> = {
  people: <><circle cx="44" cy="30" r="11" /><path d="M24 66c1-14 9-21 20-21s19 7 20 21" /><g {...accent}><circle cx="76" cy="36" r="8" /><path d="M70 52c11-4 21 2 22 14" /></g></>,
  letter: <><path d="M20 26h72v42H20z" /><path d="m20 28 36 24 36-24" /><path d="M78 14l6 6 12-12" {...accent} /></>,
  chart: <><path d="M22 12v56h72" /><path d="M36 56V44M52 56V34M68 56V40" /><path d="M84 56V20" {...accent} /></>,
  file: <><path d="M34 10h30l16 16v44H34z" /><path d="M64 10v16h16" /><path d="M44 40h26M44 50h26" /><path d="M44 60h14" {...accent} /></>,
  search: <><circle cx="50" cy="36" r="20" /><path d="m65 51 19 19" /><path d="M42 36h16" {...accent} /></>,
  shop: <><path d="M26 34v36h60V34" /><path d="M22 14h68l6 18c0 5-4 8-8 8s-8-3-8-8c0 5-4 8-8 8s-8-3-8-8c0 5-4 8-8 8s-8-3-8-8c0 5-4 8-8 8s-8-3-8-8c0 5-4 8-8 8s-8-3-8-8z" /><path d="M50 70V52h16v18" {...accent} /></>,
};

export function Drawing({ name }: { name: DrawingName }) {
  return (
    <svg width="112" height="80" viewBox="0 0 112 80" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
      {drawings[name]}
    </svg>
  );
}
