import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconSearch } from './icons';

export interface Found { id: string; title: string; detail?: string }

interface Props {
  label: string; placeholder?: string; value: Found | undefined; onChange: (found: Found | undefined) => void;
  /** Called a moment after the last key; its answer comes back as `found`. */
  onSearch: (text: string) => void; found: readonly Found[]; hideLabel?: boolean;
}

/** Finds one record by typing; the server does the matching. */
export function LookUp({ label, placeholder, value, onChange, onSearch, found, hideLabel = false }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState(value?.title ?? '');
  const [settled] = useDebouncedValue(text, 200);
  useEffect(() => { onSearch(settled === value?.title ? '' : settled); }, [onSearch, settled, value?.title]);
  const all = value && !found.some(({ id }) => id === value.id) ? [value, ...found] : found;
  return (
    <Select label={hideLabel ? undefined : label} aria-label={label} placeholder={placeholder} searchable clearable leftSection={<IconSearch size={16} aria-hidden />}
      data={all.map(({ id, title, detail }) => ({ value: id, label: detail && detail !== title ? `${title} · ${detail}` : title }))} filter={({ options }) => options}
      value={value?.id ?? null} searchValue={text} onSearchChange={setText} nothingFoundMessage={t('ui.lookUp.none')} clearButtonProps={{ 'aria-label': t('ui.lookUp.clear') }}
      onChange={(id) => onChange(all.find((each) => each.id === id))} />
  );
}
