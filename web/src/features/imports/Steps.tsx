import { useTranslation } from 'react-i18next';
import { IconCheck } from '@/ui/icons';
import classes from './Imports.module.css';
import { steps, type Step } from './import';

/** Where the file is on its way in: done, now, still to come. */
export function Steps({ at, done = false }: { at: Step; done?: boolean }) {
  const { t } = useTranslation();
  const now = steps.indexOf(at);
  return (
    <ol className={classes.steps} aria-label={t('imports.steps')}>
      {steps.map((step, i) => {
        const passed = i < now || done;
        return (
          <li key={step} data-passed={passed || undefined} aria-current={i === now && !done ? 'step' : undefined}>
            <span className={classes.dot}>{passed ? <IconCheck size={14} aria-label={t('imports.passed')} /> : i + 1}</span><span className={classes.stepName}>{t(`imports.step.${step}`)}</span>
          </li>
        );
      })}
    </ol>
  );
}
