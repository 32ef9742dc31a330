import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { IconSearch } from './icons';
import classes from './SearchField.module.css';

/** Searches while typing; the address follows 200 ms after the last key. */
export function SearchField({ label, value, onSearch }: { label: string; value: string; onSearch: (text: string) => void }) {
  const [text, setText] = useState(value);
  const [asked, setAsked] = useState(value);
  const search = useDebouncedCallback((next: string) => { setAsked(next.trim()); onSearch(next.trim()); }, 200);
  // Back and links change the value from outside: the field follows, unless it was itself.
  if (value !== asked) { setAsked(value); setText(value); }
  return (
    <TextInput type="search" size="xs" className={classes.root} maxLength={100} aria-label={label} placeholder={label} leftSection={<IconSearch size={16} aria-hidden />}
      value={text} onChange={({ currentTarget }) => { setText(currentTarget.value); search(currentTarget.value); }} />
  );
}
