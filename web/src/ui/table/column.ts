import type { ReactNode } from 'react';

export interface Column<T> {
  id: string;
  header: string;
  cell: (row: T) => ReactNode;
  /** Numbers, money and times stand at the end, under each other. */
  align?: 'end';
  /** The API's sort field; a header with one sorts. */
  sort?: string;
  width?: 'narrow' | 'normal' | 'wide';
  /** Where it goes in the two-line row of a phone; `line` is the default and joins the second line, `hide` leaves it to the panel. */
  phone?: 'title' | 'aside' | 'line' | 'hide';
  /** May be hidden in the view menu; the first column never is. */
  optional?: boolean;
  /** Optional, and hidden until someone asks for it. */
  rare?: boolean;
}

export interface More { has: boolean; loading: boolean; load: () => void }

/** `-createdAt` -> the field and its direction; the empty text is no sort. */
export function readSort(sort: string | undefined): { field: string; descending: boolean } {
  const text = sort ?? '';
  return text.startsWith('-') ? { field: text.slice(1), descending: true } : { field: text, descending: false };
}

/** One click ascends, the next descends, and so on. */
export function nextSort(sort: string | undefined, field: string): string {
  const now = readSort(sort);
  return now.field === field && !now.descending ? `-${field}` : field;
}
