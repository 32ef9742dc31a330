import { useTranslation } from 'react-i18next';
import classes from './Imports.module.css';

interface Props { place: number; cells: readonly string[]; names: readonly string[]; problem: string; valueAt: (column: number) => string | undefined; onMend: (column: number, value: string) => void }

/** A row with its wrong cells open for mending; when no cell is named, every cell is. */
export function FailedRow({ place, cells, names, problem, valueAt, onMend }: Props) {
  const { t } = useTranslation();
  const named = names.map((name) => problem.split(' / ').some((part) => part.startsWith(`${name}: `)));
  const all = !named.includes(true);
  return (
    <tr>
      <td className={classes.problem}>{problem}</td>
      {names.map((name, column) => {
        const value = valueAt(column) ?? cells[column] ?? '';
        if (!all && !named[column]) return <td key={name}>{value}</td>;
        return (
          <td key={name} className={classes.wrong}>
            <input className={classes.cell} aria-label={t('imports.problems.cell', { name, row: place + 1 })} value={value} data-mended={valueAt(column) !== undefined || undefined} onChange={({ currentTarget }) => onMend(column, currentTarget.value)} />
          </td>
        );
      })}
    </tr>
  );
}
