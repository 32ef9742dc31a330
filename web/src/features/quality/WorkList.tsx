import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ErrorState } from '@/ui/ErrorState';
import { Section } from '@/ui/Section';
import classes from './Quality.module.css';
import { fields, nameOf } from './quality';
import { useProblems, type Problem, type Source } from './queries';

interface Props { field: string; problem: Problem; source: Source | undefined; onClose: () => void }

/** The customers behind a figure, each a step from being mended. */
export function WorkList({ field, problem, source, onClose }: Props) {
  const { t } = useTranslation();
  const top = useRef<HTMLDivElement>(null);
  const list = useProblems(field, problem, source);
  const known = fields.find((each) => each === field);
  const name = known ? t(`quality.name.${known.replaceAll('.', '_') as 'name'}`) : t('quality.record');
  useEffect(() => { top.current?.scrollIntoView({ block: 'nearest' }); }, []);
  return (
    <div ref={top}>
      <Section title={`${name} · ${t(`quality.problem.${problem}`)}`} action={<Button variant="subtle" color="gray" size="compact-sm" onClick={onClose}>{t('ui.close')}</Button>}>
        {list.trouble ? <ErrorState inline trouble={list.trouble} onRetry={list.onRetry} /> : null}
        {list.rows?.length === 0 ? <p className={classes.none}>{t('quality.nobody')}</p> : null}
        <ul className={classes.people}>
          {list.rows?.map((customer) => <li key={customer.id}><Link to={`/customers/${customer.id}`}>{nameOf(customer)}</Link><span>{[customer.email, customer.phone].filter(Boolean).join(' · ')}</span></li>)}
        </ul>
        {list.more.has ? <Button variant="default" size="compact-sm" loading={list.more.loading} onClick={list.more.load}>{t('quality.more')}</Button> : null}
      </Section>
    </div>
  );
}
