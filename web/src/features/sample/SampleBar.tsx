import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHasSample } from './queries';
import classes from './SampleBar.module.css';

const RemoveSample = lazy(() => import('./RemoveSample'));

/** While sample data is in the workspace every page says so, with the way to be rid of it. */
export function SampleBar() {
  const { t } = useTranslation();
  const here = useHasSample();
  const [asking, setAsking] = useState(false);
  if (!here) return null;
  return (
    <section className={classes.root} aria-label={t('sample.name')}>
      <span>{t('sample.here')}</span><span aria-hidden="true">·</span>
      <button type="button" className={classes.remove} onClick={() => setAsking(true)}>{t('sample.remove')}</button>
      {asking ? <Suspense fallback={null}><RemoveSample onClose={() => setAsking(false)} /></Suspense> : null}
    </section>
  );
}
