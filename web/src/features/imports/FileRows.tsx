import { useTranslation } from 'react-i18next';
import { Section } from '@/ui/Section';
import type { ImportDetail } from './import';
import classes from './Imports.module.css';

const shown = 8;

/** The file's own rows, so that nobody has to open it beside. */
export function FileRows({ detail }: { detail: ImportDetail }) {
  const { t } = useTranslation();
  const rows = (detail.sample ?? []).slice(0, shown);
  const header = detail.header ?? [];
  if (rows.length === 0) return null;
  return (
    <Section title={t('imports.rows', { count: rows.length })}>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table scrolls; the keyboard must reach it */}
      <div className={classes.scroll} tabIndex={0} role="group" aria-label={t('imports.rows', { count: rows.length })}>
        <table className={classes.grid}>
          <thead><tr>{header.map((name) => <th key={name} scope="col">{name}</th>)}</tr></thead>
          <tbody>{rows.map((row, i) => <tr key={i}>{header.map((name, column) => <td key={name}>{row?.[column]}</td>)}</tr>)}</tbody>
        </table>
      </div>
    </Section>
  );
}
