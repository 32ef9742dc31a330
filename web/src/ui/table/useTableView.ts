import { useMemo } from 'react';
import { usePreference } from '@/lib/usePreference';
import type { Column } from './column';

type Place = Pick<Column<never>, 'id' | 'optional' | 'rare'>;

export interface TableView {
  compact: boolean;
  hides: (column: Place) => boolean;
  setCompact: (compact: boolean) => void;
  toggleColumn: (id: string) => void;
  /** Shows these columns and no other optional ones. */
  show: (ids: readonly string[], columns: readonly Place[]) => void;
}

/** Density and columns of one table, kept per person on this device: those that differ from what a stranger sees. */
export function useTableView(table: string): TableView {
  const [density, setDensity] = usePreference(`table.${table}.density`, 'normal');
  const [kept, keep] = usePreference(`table.${table}.hidden`, '');
  return useMemo(() => {
    const differing = new Set(kept.split(',').filter(Boolean));
    return {
      compact: density === 'compact',
      hides: ({ id, rare }) => differing.has(id) !== (rare ?? false),
      setCompact: (compact) => setDensity(compact ? 'compact' : 'normal'),
      toggleColumn: (id) => {
        if (!differing.delete(id)) differing.add(id);
        keep([...differing].join(','));
      },
      show: (ids, columns) => keep(columns.filter(({ id, optional, rare }) => optional && ids.includes(id) === (rare ?? false)).map(({ id }) => id).join(',')),
    };
  }, [density, keep, kept, setDensity]);
}
