import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import { ErrorState } from '@/ui/ErrorState';
import { Money, Quantity } from '@/ui/figures';
import { groupCondition } from './filter';
import classes from './List.module.css';
import { useGroups, type Asked, type Field } from './queries';
import { useFilterWords } from './useFilterWords';

interface Props { fields: readonly Field[]; asked: Asked; by: string; onNarrow: (leaf: ReturnType<typeof groupCondition>) => void }

/** The list counted by a field; each count narrows the list to those whom it counts. */
export function Groups({ fields, asked, by, onNarrow }: Props) {
  const { t } = useTranslation();
  const { fieldName, typeOf, word } = useFilterWords(fields);
  const { data, error, refetch } = useGroups(asked, by);
  const path = by.startsWith('score.') ? by : `customer.${by}`;
  const name = fieldName(path);
  if (error) return <ErrorState inline trouble={problemOf(error)} onRetry={() => void refetch()} />;
  const most = Math.max(1, ...(data?.data ?? []).map(({ count }) => count));
  return (
    <ul className={classes.groups} aria-label={t('customers.groups.by', { field: name })} aria-busy={!data}>
      {(data?.data ?? []).map(({ value, count, revenue }) => {
        const leaf = groupCondition(by, value, typeOf(path));
        return (
          <li key={value ?? ''}>
            <button type="button" className={classes.group} style={{ '--share': count / most } as React.CSSProperties} onClick={() => onNarrow(leaf)}>
              <span className={classes.value}>{value === null ? t('customers.groups.none') : leaf.op === 'eq' ? word(leaf, value) : value}</span>
              <Quantity value={count} />
              <span className={classes.worth}><Money value={revenue} short /></span>
            </button>
          </li>
        );
      })}
      {data && data.groups > data.data.length ? <li className={classes.rest}>{t('customers.groups.more', { count: data.groups - data.data.length })}</li> : null}
    </ul>
  );
}
