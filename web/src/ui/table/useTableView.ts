import { useMemo } from 'react';
import { usePreference } from '@/lib/usePreference';

export interface TableView { compact: boolean; hidden: ReadonlySet<string>; setCompact: (compact: boolean) => void; toggleColumn: (id: string) => void }

/** Density and hidden columns of one table, kept per person on this device. */
export function useTableView(table: string): TableView {
  const [density, setDensity] = usePreference(`table.${table}.density`, 'normal');
  const [kept, keep] = usePreference(`table.${table}.hidden`, '');
  return useMemo(() => {
    const hidden = new Set(kept.split(',').filter(Boolean));
    return {
      compact: density === 'compact',
      hidden,
      setCompact: (compact) => setDensity(compact ? 'compact' : 'normal'),
      toggleColumn: (id) => {
        if (!hidden.delete(id)) hidden.add(id);
        keep([...hidden].join(','));
      },
    };
  }, [density, keep, kept, setDensity]);
}
