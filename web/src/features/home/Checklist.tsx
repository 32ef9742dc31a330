import { Button, Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { problemOf } from '@/api/problem';
import { ErrorState } from '@/ui/ErrorState';
import { IconCheck } from '@/ui/icons';
import { Section } from '@/ui/Section';
import classes from './Home.module.css';
import { useChecklist, useSkipStep } from './queries';

const where = { customers: '/imports/new', scores: '/value', segment: '/segments', campaign: '/campaigns' } as const;

/** The first steps. Each ticks itself once it was done; what somebody does not want is skipped, and an empty list goes away. */
export function Checklist() {
  const { t } = useTranslation();
  const { data } = useChecklist();
  const skip = useSkipStep();
  if (!data || data.done) return null;
  const done = data.steps.filter((step) => step.done || step.skipped).length;
  return (
    <Section title={t('home.first.title')} action={<span className={classes.faint}>{t('home.first.progress', { done, count: data.steps.length })}</span>}>
      <Progress value={(100 * done) / data.steps.length} aria-label={t('home.first.title')} />
      {skip.error ? <ErrorState inline trouble={problemOf(skip.error)} /> : null}
      <ul className={classes.steps}>
        {data.steps.map((step) => {
          const over = step.done || step.skipped;
          return (
            <li key={step.key} data-over={over || undefined} data-done={step.done || undefined}>
              <span className={classes.tick}>{step.done ? <IconCheck size={14} aria-label={t('home.first.done')} /> : null}</span>
              <div>
                {over ? <span>{t(`home.first.step.${step.key}`)}</span> : <Link to={where[step.key]}>{t(`home.first.step.${step.key}`)}</Link>}
                <p className={classes.faint}>{step.skipped && !step.done ? t('home.first.skipped') : t(`home.first.why.${step.key}`)}</p>
              </div>
              {over ? null : <Button variant="subtle" color="gray" size="compact-xs" loading={skip.isPending && skip.variables === step.key} onClick={() => skip.mutate(step.key)} aria-label={t('home.first.skipStep', { step: t(`home.first.step.${step.key}`) })}>{t('home.first.skip')}</Button>}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
