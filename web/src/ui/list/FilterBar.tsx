import { Button, Popover } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FilterChips } from '../FilterChips';
import { IconPlus } from '../icons';
import { startField } from '../rule/fields';
import type { FieldLeaf } from '../rule/rule';
import { parseFilter, readMoney, writeFilter, type Condition, type Field, type Home } from './filter';
import { FilterForm } from './FilterForm';
import classes from './List.module.css';
import { useFilterWords } from './useFilterWords';

interface Props { fields: readonly Field[]; home?: Home; /** The field that a new condition begins with. */ first: string; filter: string; onFilter: (filter: string) => void }

/** The filter as one sentence; each clause opens the form that it was made with. */
export function FilterBar({ fields, home = 'customer', first, filter, onFilter }: Props) {
  const { t } = useTranslation();
  const { clause, fieldAt } = useFilterWords(fields);
  const [editing, setEditing] = useState<FieldLeaf>();
  const conditions = useMemo(() => readMoney(parseFilter(filter, home), (path) => fieldAt(path).type), [filter, home, fieldAt]);
  const ask = (next: readonly Condition[]) => onFilter(writeFilter(next, home));
  const save = (leaf: FieldLeaf) => {
    setEditing(undefined);
    ask(conditions.some(({ id }) => id === leaf.id) ? conditions.map((each) => (each.id === leaf.id ? leaf : each)) : [...conditions, leaf]);
  };
  const chips = conditions.map((condition) => ({
    id: condition.id, words: clause(condition), onRemove: () => ask(conditions.filter(({ id }) => id !== condition.id)),
    ...(condition.kind === 'field' ? { onEdit: () => setEditing(condition) } : {}),
  }));
  const fresh = () => startField(fieldAt(first));
  return (
    <FilterChips chips={chips}>
      <Popover opened={editing !== undefined} onChange={(opened) => { if (!opened) setEditing(undefined); }} position="bottom-start" trapFocus returnFocus>
        <Popover.Target>
          <Button size="compact-sm" variant="subtle" color="gray" leftSection={<IconPlus size={14} aria-hidden />} aria-expanded={editing !== undefined} onClick={() => setEditing(editing ? undefined : fresh())}>{t('customers.filter.add')}</Button>
        </Popover.Target>
        <Popover.Dropdown className={classes.form}>{editing ? <FilterForm key={editing.id} fields={fields} first={editing} onSave={save} /> : null}</Popover.Dropdown>
      </Popover>
    </FilterChips>
  );
}
