import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { When } from '@/ui/figures';
import classes from './Picture.module.css';
import type { Picture } from './queries';

/** Of which day the picture is, and the way to another one; it stays when that day had too little to show. */
export function DayChoice({ picture, onDay }: { picture: Picture; onDay: (day: string) => void }) {
  const { t } = useTranslation();
  const days = [...new Set([picture.asOf, ...(picture.days ?? [])])].sort().reverse();
  return (
    <div className={classes.day}>
      <NativeSelect size="xs" aria-label={t('value.day')} value={picture.asOf} data={days.map((day) => ({ value: day, label: t('value.asOf', { day }) }))} onChange={({ currentTarget }) => onDay(currentTarget.value)} />
      <span>{t('value.built')} <When at={picture.builtAt} /></span>
    </div>
  );
}
