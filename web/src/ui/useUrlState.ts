import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';

type Values = Record<string, string>;
interface How { /** Typing replaces the entry; opening and filtering make one that Back undoes. */ replace?: boolean }

/**
 * Filters, sort, view and open record live in the URL. Values that equal their default are left out, so a plain list has a plain address.
 * `defaults` is read by its keys and must be a constant outside the component.
 */
export function useUrlState<T extends Values>(defaults: T): [T, (patch: Partial<T>, how?: How) => void] {
  const [params, setParams] = useSearchParams();
  const state = useMemo(
    () => Object.fromEntries(Object.entries(defaults).map(([key, value]) => [key, params.get(key) ?? value])) as T,
    [defaults, params],
  );
  const set = useCallback((patch: Partial<T>, how: How = {}) => {
    setParams((current) => merged(current, patch, defaults), { replace: how.replace ?? false, preventScrollReset: true });
  }, [defaults, setParams]);
  return [state, set];
}

function merged(current: URLSearchParams, patch: Partial<Values>, defaults: Values): URLSearchParams {
  const next = new URLSearchParams(current);
  for (const [key, value] of Object.entries(patch)) {
    if (value === undefined || value === defaults[key]) next.delete(key);
    else next.set(key, value);
  }
  return next;
}
