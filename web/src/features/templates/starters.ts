import type { Language } from '@/lib/preferences';

/** Mails to begin with; their words are the shop's own from then on, so they are files and not translations. */
const files = import.meta.glob<string>('./starters/*.html', { query: '?raw', import: 'default' });
export const starters = ['news', 'comeback', 'blank'] as const;
export type Starter = (typeof starters)[number];

export const readStarter = (starter: Starter, language: Language): Promise<string> => files[`./starters/${starter}.${language}.html`]?.() ?? Promise.resolve('');
