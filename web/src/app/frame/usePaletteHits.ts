import { useDebouncedValue } from '@mantine/hooks';
import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Icon } from '@/ui/icons';
import { useActions } from '../actions';
import { searchProviders } from '../search';
import { usePlaces } from './usePlaces';

export interface PaletteHit { id: string; title: string; detail?: string; icon?: Icon; keys?: string; run: () => void }
export interface PaletteSection { id: string; title: string; hits: readonly PaletteHit[] }

const matches = (words: string, text: string) => words.toLowerCase().replaceAll(' ', '').includes(text.toLowerCase().replaceAll(' ', ''));

/** Pages and actions at once, records as they come. Records stand first when something is typed: that is what people look for. */
export function usePaletteHits(text: string): { sections: readonly PaletteSection[]; searching: boolean; failed: boolean } {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { places } = usePlaces();
  const actions = useActions().filter(({ id }) => id !== 'search');
  const typed = text.trim();
  const [asked] = useDebouncedValue(typed, 150);
  const answers = useQueries({
    queries: searchProviders.map(({ id, find }) => ({
      queryKey: ['search', id, asked],
      queryFn: ({ signal }: { signal: AbortSignal }) => find(asked, signal),
      enabled: asked.length > 0,
      staleTime: 30_000,
    })),
  });
  const go = (path: string) => () => void navigate(path);
  const records = searchProviders.map(({ id }, i) => ({
    id, title: t(`frame.search.${id}`),
    hits: (typed ? (answers[i]?.data ?? []) : []).map((hit) => ({ id: hit.id, title: hit.title, detail: hit.detail, run: go(hit.path) })),
  }));
  const pages = places.map(({ id, path, icon }) => ({ id, title: t(`frame.place.${id}`), icon, run: go(path) })).filter(({ title }) => matches(title, typed));
  const deeds = actions.filter(({ words }) => matches(words, typed)).map(({ id, words, icon, keys, run }) => ({ id, title: words, icon, keys, run }));
  return {
    sections: [...records, { id: 'pages', title: t('frame.search.pages'), hits: pages }, { id: 'actions', title: t('frame.search.actions'), hits: deeds }].filter(({ hits }) => hits.length > 0),
    searching: typed !== '' && searchProviders.length > 0 && (typed !== asked || answers.some(({ isFetching }) => isFetching)),
    failed: answers.some(({ isError }) => isError),
  };
}
