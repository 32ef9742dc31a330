import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './Builder.module.css';

interface Props { value: string; onChange: (key: string) => void; onFocus: () => void; onBlur: () => void }

/** The key of a value that customers have and no definition names. */
export function FreeKeyInput({ value, onChange, onFocus, onBlur }: Props) {
  const { t } = useTranslation();
  return (
    <TextInput aria-label={t('segments.builder.customKey')} placeholder={t('segments.builder.customKey')} className={classes.text} value={value} maxLength={100} onFocus={onFocus} onBlur={onBlur}
      onChange={({ currentTarget }) => onChange(currentTarget.value.replace(/[\s./]/g, ''))} />
  );
}
