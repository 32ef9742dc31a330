import { useState, type KeyboardEvent, type RefObject } from 'react';
import { insertVariable, openVariable, placeOf } from './liquid';
import type { Variable } from './queries';

export interface Offer {
  open: boolean; found: readonly Variable[]; at: number; place: { line: number; column: number; scrollTop: number; scrollLeft: number };
  /** True when the key was for the list. */
  onKey: (event: KeyboardEvent) => boolean;
  look: () => void; close: () => void; insert: (path: string) => void; point: (at: number) => void;
}
const nowhere = { line: 0, column: 0, scrollTop: 0, scrollLeft: 0 };
const most = 8;

/** Which variables fit what is being typed at the caret of a text field, and putting one in. */
export function useSuggestions(area: RefObject<HTMLTextAreaElement | null>, value: string, onChange: (value: string) => void, variables: readonly Variable[]): Offer {
  const [typed, setTyped] = useState<string>();
  const [at, point] = useState(0);
  const [place, setPlace] = useState(nowhere);
  const wanted = typed?.toLowerCase() ?? '';
  const found = typed === undefined ? [] : variables.filter(({ path, label }) => path.toLowerCase().includes(wanted) || label.toLowerCase().includes(wanted)).slice(0, most);
  const open = found.length > 0;
  const close = () => setTyped(undefined);

  const look = () => {
    const field = area.current;
    if (!field) return;
    const caret = openVariable(field.value, field.selectionStart);
    setTyped(caret?.typed);
    point(0);
    if (caret) setPlace({ ...placeOf(field.value, caret.from), scrollTop: field.scrollTop, scrollLeft: field.scrollLeft });
  };
  const insert = (path: string) => {
    const field = area.current;
    const next = insertVariable(value, field?.selectionStart ?? value.length, path);
    onChange(next.source);
    close();
    // The caret can be placed only once the field holds the new text.
    requestAnimationFrame(() => { field?.focus(); field?.setSelectionRange(next.caret, next.caret); });
  };
  const onKey = (event: KeyboardEvent): boolean => {
    if (!open) return false;
    if (event.key === 'ArrowDown') point((at + 1) % found.length);
    else if (event.key === 'ArrowUp') point((at + found.length - 1) % found.length);
    else if (event.key === 'Escape') close();
    else if (event.key === 'Enter' || event.key === 'Tab') insert(found[at]?.path ?? '');
    else return false;
    event.preventDefault();
    return true;
  };
  return { open, found, at, place, onKey, look, close, insert, point };
}
