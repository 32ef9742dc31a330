import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './PageSkeleton.module.css';

/** While a page's code loads: a header and rows of the real heights, so that nothing jumps. */
export function PageSkeleton() {
  const { t } = useTranslation();
  return (
    <div aria-busy="true" aria-label={t('ui.loading')} role="status">
      <Skeleton className={classes.title} />
      {Array.from({ length: 8 }, (_, row) => <div key={row} className={classes.row}><Skeleton className={classes.line} /></div>)}
    </div>
  );
}
