import { useMemo, useState } from 'react';

export interface Selection {
  ids: ReadonlySet<string>;
  /** True when the person asked for all in the view, loaded or not. */
  everything: boolean;
  toggle: (id: string, extend: boolean, from?: string) => void;
  toggleAll: () => void;
  takeEverything: () => void;
  clear: () => void;
}

/** Which rows are chosen. Shift takes all between the last one touched and this one. With another scope, such as another filter, nothing is chosen any more. */
export function useSelection(order: readonly string[], scope = ''): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const [everything, setEverything] = useState(false);
  const [anchor, setAnchor] = useState<string>();
  const [of, setOf] = useState(scope);
  if (of !== scope) {
    setOf(scope);
    setIds(new Set());
    setEverything(false);
    setAnchor(undefined);
  }
  return useMemo(() => ({
    ids,
    everything,
    toggle: (id, extend, from) => {
      const start = order.indexOf(anchor ?? from ?? id);
      const next = new Set(ids);
      if (extend) between(order, start, order.indexOf(id)).forEach((each) => next.add(each));
      else if (!next.delete(id)) next.add(id);
      setIds(next);
      setEverything(false);
      // Shift keeps its starting point, so a run can grow and be grown again.
      setAnchor(extend ? (order[start] ?? id) : id);
    },
    toggleAll: () => {
      setIds(order.every((id) => ids.has(id)) ? new Set() : new Set(order));
      setEverything(false);
    },
    takeEverything: () => setEverything(true),
    clear: () => { setIds(new Set()); setEverything(false); },
  }), [anchor, everything, ids, order]);
}

function between(order: readonly string[], one: number, other: number): readonly string[] {
  return order.slice(Math.max(0, Math.min(one, other)), Math.max(one, other) + 1);
}

/** How many are chosen; of everything, as many as the view has. */
export const chosenOf = ({ ids, everything }: Selection, total: number | undefined): number => (everything ? (total ?? ids.size) : ids.size);
