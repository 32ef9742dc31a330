import { useCallback, useSyncExternalStore } from 'react';
import { keepPreference, readPreference } from './preferences';

const listeners = new Set<() => void>();
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** A preference kept on this device, shared by every component that reads it. */
export function usePreference(name: string, fallback: string): [string, (value: string) => void] {
  const value = useSyncExternalStore(subscribe, () => readPreference(name)) ?? fallback;
  const set = useCallback((next: string) => {
    keepPreference(name, next);
    listeners.forEach((listener) => listener());
  }, [name]);
  return [value, set];
}
