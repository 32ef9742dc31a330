import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import { ErrorState } from '@/ui/ErrorState';
import { LookUp, type Found } from '@/ui/LookUp';
import { StateBadge } from '@/ui/StateBadge';
import { useCustomerSearch, useExplanation, useSentences, type Rule } from '../queries';
import classes from './Crowd.module.css';
import { nameOf } from './Sample';

/** Looks a person up and names the conditions that keep them out; the builder marks the same conditions. */
export function WhoIsMissing({ rule, onExcluding }: { rule: Rule; onExcluding: (pointers: readonly string[]) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [person, setPerson] = useState<Found>();
  const people = useCustomerSearch(text).data ?? [];
  const explanation = useExplanation(rule, person?.id);
  const steps = person ? explanation.data?.steps ?? [] : [];
  const pointers = steps.map(({ pointer }) => pointer).join(' ');
  useEffect(() => { onExcluding(pointers === '' ? [] : pointers.split(' ')); }, [onExcluding, pointers]);
  const search = useCallback((next: string) => setText(next), []);
  return (
    <>
      <LookUp label={t('segments.missing.person')} placeholder={t('segments.missing.hint')} hideLabel value={person} onChange={setPerson} onSearch={search}
        found={people.map((each) => ({ id: each.id, title: nameOf(each), detail: each.email ?? each.phone }))} />
      {person && explanation.error ? <ErrorState inline trouble={problemOf(explanation.error)} onRetry={() => void explanation.refetch()} /> : null}
      {person && explanation.data ? (
        <div className={classes.answer} role="status">
          <StateBadge tone={explanation.data.member ? 'good' : 'attention'}>{explanation.data.member ? t('segments.missing.inside', { name: person.title }) : t('segments.missing.outside', { name: person.title })}</StateBadge>
          {steps.length > 0 ? <><p className={classes.note}>{t('segments.missing.because')}</p><Reasons steps={steps.map((step) => ({ rule: step.rule, want: step.want }))} customerId={person.id} /></> : null}
        </div>
      ) : null}
    </>
  );
}

function Reasons({ steps, customerId }: { steps: readonly { rule: Rule; want: boolean }[]; customerId: string }) {
  const { t } = useTranslation();
  const sentences = useSentences(steps.map(({ rule }) => rule), customerId);
  return (
    <ul className={classes.reasons}>
      {steps.map(({ want }, i) => <li key={i}>{want ? t('segments.missing.not', { condition: sentences[i] ?? '…' }) : t('segments.missing.met', { condition: sentences[i] ?? '…' })}</li>)}
    </ul>
  );
}
