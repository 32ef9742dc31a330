import { NativeSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { SearchField } from '../SearchField';
import { useLanguage } from '../useLanguage';
import { nameOfPath, type Field, type Home } from './filter';
import { FilterBar } from './FilterBar';
import bar from './List.module.css';

/** How a list is narrowed and counted, as its address has it. */
export interface Narrowing { q: string; filter: string; by: string }

interface Props {
  fields: readonly Field[]; home: Home; /** The field that a new condition begins with. */ first: string; search: string;
  /** Whether it can be counted by a field: neither by amounts nor by what every record has of its own. */
  countable: (field: Field) => boolean;
  /** What else can be done with the list. */
  children?: ReactNode;
  now: Narrowing; onChange: (next: Partial<Narrowing>, options?: { replace: boolean }) => void;
}

/** What stands over a list: search, conditions, and by what it is counted. */
export function ListBar({ fields, home, first, search, countable, now, onChange, children }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const by = [{ value: '', label: t('customers.groups.no') }, ...fields.filter(countable).map((field) => ({ value: nameOfPath(field.path, home), label: field[language] }))];
  return (
    <div className={bar.bar}>
      <SearchField label={search} value={now.q} onSearch={(q) => onChange({ q }, { replace: true })} />
      <div className={bar.filter}><FilterBar fields={fields} home={home} first={first} filter={now.filter} onFilter={(filter) => onChange({ filter })} /></div>
      <NativeSelect size="xs" className={bar.count} aria-label={t('customers.groups.label')} value={now.by} data={by} onChange={({ currentTarget }) => onChange({ by: currentTarget.value })} />
      {children}
    </div>
  );
}
