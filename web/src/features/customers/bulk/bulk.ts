import type { components } from '@/api/schema';
import type { Selection } from '@/ui/table/useSelection';

export type BulkRequest = components['schemas']['ChangeCustomersRequest'];
export type Who = Pick<BulkRequest, 'ids' | 'filter' | 'q' | 'all'>;
export type What = Omit<BulkRequest, keyof Who>;

/** What can be done to many at once, in the order of the menu. */
export const verbs = ['addTags', 'removeTags', 'ownerId', 'lifecycleStage', 'archive'] as const;
export type Verb = (typeof verbs)[number];

/** So many can be named one by one; more are those of a list. */
export const mostNamed = 200;

/** Those who are chosen: all that the list is asked for, or the rows one by one. */
export function whoOf({ everything, ids }: Pick<Selection, 'everything' | 'ids'>, { q, filter }: { q: string; filter: string }): Who {
  if (!everything) return { ids: [...ids] };
  if (!q.trim() && !filter.trim()) return { all: true };
  return { ...(filter.trim() ? { filter } : {}), ...(q.trim() ? { q } : {}) };
}

/** What the form says, undefined while it says nothing. An owner or a stage that is left empty is taken away. */
export function whatOf(verb: Verb, tags: readonly string[], text: string): What | undefined {
  switch (verb) {
    case 'addTags': return tags.length > 0 ? { addTags: [...tags] } : undefined;
    case 'removeTags': return tags.length > 0 ? { removeTags: [...tags] } : undefined;
    case 'archive': return { archive: true };
    default: return { [verb]: text.trim() || null };
  }
}
