import { NativeSelect } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Truncate } from '@/ui/Truncate';
import { useLanguage } from '@/ui/useLanguage';
import type { Field } from './import';
import classes from './Imports.module.css';
import { keyFrom } from './romanise';

interface Props { name: string; column: number; samples: readonly string[]; path: string; fields: readonly Field[]; /** Whether a column may become a field of its own. */ custom: boolean; taken: ReadonlySet<string>; onChange: (path: string) => void }

export function MatchRow({ name, column, samples, path, fields, custom, taken, onChange }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const id = useId();
  const defined = (own: string) => fields.some((field) => field.path === own);
  const own = path.startsWith('custom.') && !defined(path) ? path : `custom.${keyFrom(name, column)}`;
  const data = [
    { value: '', label: t('imports.match.leaveOut') },
    ...fields.map((field) => ({ value: field.path, label: field[language], disabled: taken.has(field.path) })),
    ...(custom && !defined(own) ? [{ value: own, label: t('imports.match.own', { name }), disabled: taken.has(own) }] : []),
  ];
  return (
    <li className={classes.match} data-left-out={path === '' || undefined}>
      <label htmlFor={id} className={classes.column}><Truncate>{name}</Truncate></label>
      <span className={classes.samples}><Truncate>{samples.length > 0 ? samples.join(' · ') : t('imports.match.blank')}</Truncate></span>
      <NativeSelect id={id} size="sm" value={path} data={data} onChange={({ currentTarget }) => onChange(currentTarget.value)} />
    </li>
  );
}
