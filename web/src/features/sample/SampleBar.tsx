import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { useHasSample, useRemoveSample } from './queries';
import classes from './SampleBar.module.css';

/** While sample data is in the workspace every page says so, with the way to be rid of it. */
export function SampleBar() {
  const { t } = useTranslation();
  const here = useHasSample();
  const remove = useRemoveSample();
  const [asking, setAsking] = useState(false);
  if (!here) return null;
  return (
    <section className={classes.root} aria-label={t('sample.name')}>
      <span>{t('sample.here')}</span><span aria-hidden="true">·</span>
      <button type="button" className={classes.remove} onClick={() => setAsking(true)}>{t('sample.remove')}</button>
      <ConfirmDialog opened={asking} danger title={t('sample.title')} confirm={t('sample.confirm')} onConfirm={() => remove.mutateAsync()} onClose={() => setAsking(false)}>{t('sample.why')}</ConfirmDialog>
    </section>
  );
}
