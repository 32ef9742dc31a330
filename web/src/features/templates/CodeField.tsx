import { useId, useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldProblem } from '@/api/problem';
import { ToneShape } from '@/ui/StateBadge';
import classes from './CodeField.module.css';
import { startOfLine } from './liquid';
import { Suggestions } from './Suggestions';
import type { Variable } from './queries';
import { useSuggestions } from './useSuggestions';
import { VariableMenu } from './VariableMenu';

interface Props {
  label: string; hideLabel?: boolean; hint?: string; value: string; onChange: (value: string) => void;
  variables: readonly Variable[]; problems: readonly FieldProblem[]; single?: boolean;
}

/** Liquid source with line numbers, variables offered after `{{`, and each mistake at its line. */
export function CodeField({ label, hideLabel = false, hint, value, onChange, variables, problems, single = false }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const gutter = useRef<HTMLDivElement>(null);
  const offer = useSuggestions(area, value, onChange, variables);
  const bad = new Set(problems.map(({ line }) => line));
  const show = (line: number) => {
    const at = startOfLine(value, line);
    area.current?.focus();
    area.current?.setSelectionRange(at, at);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing || offer.onKey(event)) return;
    if (single && event.key === 'Enter') event.preventDefault();
  };
  return (
    <div className={classes.root}>
      <div className={classes.head}>
        <label htmlFor={id} className={hideLabel ? 'visually-hidden' : classes.label}>{label}</label>
        <VariableMenu variables={variables} onPick={offer.insert} />
      </div>
      {problems.length > 0 ? (
        <ul id={`${id}p`} className={classes.problems}>
          {problems.map((problem, i) => (
            <li key={i}><ToneShape tone="bad" />{problem.line && !single ? <button type="button" className={classes.jump} onClick={() => show(problem.line ?? 1)}>{problem.detail}</button> : <span>{problem.detail}</span>}</li>
          ))}
        </ul>
      ) : null}
      <div className={classes.field} data-single={single || undefined} data-bad={problems.length > 0 || undefined}>
        {single ? null : (
          <div ref={gutter} className={classes.gutter} aria-hidden="true">
            {value.split('\n').map((_, i) => <div key={i} data-bad={bad.has(i + 1) || undefined}>{i + 1}</div>)}
          </div>
        )}
        <textarea ref={area} id={id} className={classes.area} rows={single ? 1 : undefined} wrap="off" spellCheck={false} autoCapitalize="off" value={value} placeholder={hint}
          aria-invalid={problems.length > 0 || undefined} aria-describedby={problems.length > 0 ? `${id}p` : undefined}
          aria-autocomplete="list" aria-controls={offer.open ? `${id}s` : undefined} aria-activedescendant={offer.open ? `${id}s${offer.at}` : undefined}
          onChange={({ currentTarget }) => { onChange(single ? currentTarget.value.replace(/\n/g, ' ') : currentTarget.value); offer.look(); }}
          onKeyDown={onKeyDown} onClick={offer.look} onBlur={offer.close}
          onScroll={({ currentTarget }) => { if (gutter.current) gutter.current.scrollTop = currentTarget.scrollTop; }} />
        {offer.open ? <Suggestions id={`${id}s`} offer={offer} indent={!single} /> : null}
      </div>
      <span className="visually-hidden" role="status">{offer.open ? t('templates.variables.offered', { count: offer.found.length }) : ''}</span>
    </div>
  );
}
