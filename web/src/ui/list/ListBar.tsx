import { NativeSelect } from '@mantine/core';
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
  /** Paths of the fields by which it is counted: not what every record has of its own. */
  countable: ReadonlySet<string>;
  now: Narrowing; onChange: (next: Partial<Narrowing>, options?: { replace: boolean }) => void;
}

/** What stands over a list of records that are narrowed by their own fields alone: search, conditions, and by what they are counted. */
export function ListBar({ fields, home, first, search, countable, now, onChange }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const by = [{ value: '', label: t('customers.groups.no') }, ...fields.filter(({ path }) => countable.has(path)).map((field) => ({ value: nameOfPath(field.path, home), label: field[language] }))];
  return (
    <div className={bar.bar}>
      <SearchField label={search} value={now.q} onSearch={(q) => onChange({ q }, { replace: true })} />
      <div className={bar.filter}><FilterBar fields={fields} home={home} first={first} filter={now.filter} onFilter={(filter) => onChange({ filter })} /></div>
      <NativeSelect size="xs" className={bar.count} aria-label={t('customers.groups.label')} value={now.by} data={by} onChange={({ currentTarget }) => onChange({ by: currentTarget.value })} />
    </div>
  );
}
