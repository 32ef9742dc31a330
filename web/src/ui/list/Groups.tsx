import { useTranslation } from 'react-i18next';
import type { MoneyValue } from '@/lib/format';
import { ErrorState, type Trouble } from '../ErrorState';
import { Money, Quantity } from '../figures';
import { groupCondition, type Field } from './filter';
import classes from './List.module.css';
import { useFilterWords } from './useFilterWords';

export interface Counted { data: readonly { value: string | null; count: number; revenue: MoneyValue }[]; groups: number }

interface Props { fields: readonly Field[]; /** The field that is counted by. */ path: string; label: (field: string) => string; counted: Counted | undefined; trouble: Trouble | null; onRetry: () => void; onNarrow: (leaf: ReturnType<typeof groupCondition>) => void }

/** The list counted by a field; each count narrows the list to what it counts. */
export function Groups({ fields, path, label, counted, trouble, onRetry, onNarrow }: Props) {
  const { t } = useTranslation();
  const { fieldName, fieldAt, word } = useFilterWords(fields);
  if (trouble) return <ErrorState inline trouble={trouble} onRetry={onRetry} />;
  const rows = counted?.data ?? [];
  const most = Math.max(1, ...rows.map(({ count }) => count));
  const worth = rows.some(({ revenue }) => Number(revenue.amount) !== 0);
  return (
    <ul className={classes.groups} aria-label={label(fieldName(path))} aria-busy={!counted}>
      {rows.map(({ value, count, revenue }) => {
        const leaf = groupCondition(path, value, fieldAt(path).type);
        return (
          <li key={value ?? ''}>
            <button type="button" className={classes.group} style={{ '--share': count / most } as React.CSSProperties} onClick={() => onNarrow(leaf)}>
              <span className={classes.value}>{value === null ? t('customers.groups.none') : leaf.op === 'eq' ? word(leaf, value) : value}</span>
              <Quantity value={count} />
              {worth ? <span className={classes.worth}><Money value={revenue} short /></span> : null}
            </button>
          </li>
        );
      })}
      {counted && counted.groups > rows.length ? <li className={classes.rest}>{t('customers.groups.more', { count: counted.groups - rows.length })}</li> : null}
    </ul>
  );
}
