import { useState, type KeyboardEvent } from 'react';

interface Moves { count: number; open: (row: number) => void; /** `from` is where a shift-selection starts when nothing was touched before. */ select?: (row: number, extend: boolean, from: number) => void; edit?: (row: number) => void; leave: () => void }

/** The keyboard cursor of a table: one row is the tab stop, arrows move it, and the table can be left again with Tab or Esc. */
export function useRowKeys({ count, open, select, edit, leave }: Moves) {
  const [cursor, setCursor] = useState(0);
  const at = Math.min(cursor, Math.max(0, count - 1));

  const go = (table: Element, row: number) => {
    const next = Math.max(0, Math.min(count - 1, row));
    setCursor(next);
    table.querySelector<HTMLElement>(`[data-row="${next}"]`)?.focus();
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    // A key pressed in a field or button inside the row belongs to that field.
    if (!(event.target instanceof HTMLElement) || event.target.dataset.row === undefined) return;
    const step = (by: 1 | -1) => {
      if (event.shiftKey) select?.(Math.max(0, Math.min(count - 1, at + by)), true, at);
      go(event.currentTarget, at + by);
    };
    const moves: Record<string, () => void> = {
      ArrowDown: () => step(1),
      ArrowUp: () => step(-1),
      Home: () => go(event.currentTarget, 0),
      End: () => go(event.currentTarget, count - 1),
      PageDown: () => go(event.currentTarget, at + 10),
      PageUp: () => go(event.currentTarget, at - 10),
      Enter: () => open(at),
      ' ': () => select?.(at, event.shiftKey, at),
      e: () => edit?.(at),
      Escape: leave,
    };
    const move = moves[event.key];
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    move();
  };

  return { at, setCursor, onKeyDown };
}
