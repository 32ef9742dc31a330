import { useMemo } from 'react';
import { useMe } from '@/features/session/queries';
import { usePreference } from '@/lib/usePreference';
import { mayOpen, places, type Place } from '../places';

interface Ordered { places: readonly Place[]; move: (id: Place['id'], by: 1 | -1) => void }

/** The places this person may open, in the order this person gave them within their group. */
export function usePlaces(): Ordered {
  const { data } = useMe();
  const [kept, keep] = usePreference(`rail.order.${data?.user?.id ?? ''}`, '');
  const scopes = data?.scopes;
  return useMemo(() => {
    const rank = kept.split(',');
    const rankOf = (place: Place) => (rank.includes(place.id) ? rank.indexOf(place.id) : rank.length + places.indexOf(place));
    const open = places.filter((place) => mayOpen(place, scopes)).sort((a, b) => rankOf(a) - rankOf(b));
    return { places: open, move: (id, by) => keep(moved(open, id, by).map((place) => place.id).join(',')) };
  }, [keep, kept, scopes]);
}

/** Swaps with the neighbour of the same group; at the end of its group nothing happens. */
export function moved(open: readonly Place[], id: Place['id'], by: 1 | -1): readonly Place[] {
  const place = open.find((candidate) => candidate.id === id);
  const group = open.filter((candidate) => candidate.group === place?.group);
  const other = place && group[group.indexOf(place) + by];
  if (!place || !other) return open;
  return open.map((each) => (each === place ? other : each === other ? place : each));
}
