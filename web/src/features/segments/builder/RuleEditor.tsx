import { useDebouncedValue } from '@mantine/hooks';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Section } from '@/ui/Section';
import { usePreview } from '../queries';
import { pointersOf, prefixesOf, writeRule } from '../rule/write';
import { Crowd } from './Crowd';
import { Funnel } from './Funnel';
import { GroupCard } from './GroupCard';
import classes from './RuleEditor.module.css';
import { Sample } from './Sample';
import { BuilderContext, type useRuleState } from './useBuilder';
import { WhoIsMissing } from './WhoIsMissing';

interface Props { state: ReturnType<typeof useRuleState>; strict: boolean; selfId: string | undefined }

const pause = 200;
/** A funnel of one part says what the count says. */
const worthShowing = 2;

/** The rule on the left; on the right whom it means, counted anew a moment after the last key. */
export function RuleEditor({ state, strict, selfId }: Props) {
  const { t } = useTranslation();
  const { root, typeOf } = state;
  const [settled] = useDebouncedValue(root, pause);
  const rule = useMemo(() => writeRule(settled, typeOf), [settled, typeOf]);
  const steps = useMemo(() => prefixesOf(settled, typeOf), [settled, typeOf]);
  const preview = usePreview(rule);
  const [excluded, setExcluded] = useState<readonly string[]>([]);
  const onExcluding = useCallback((pointers: readonly string[]) => setExcluded(pointers), []);
  const excluding = useMemo(() => {
    const places = pointersOf(settled);
    return new Set(excluded.map((pointer) => places.get(pointer) ?? places.get(pointer.replace(/\/orders\/where.*$/, '')) ?? ''));
  }, [excluded, settled]);
  const builder = useMemo(() => ({ ...state, strict, selfId, excluding }), [state, strict, selfId, excluding]);
  const counting = preview.isFetching || settled !== root;

  return (
    <BuilderContext value={builder}>
      <div className={classes.root}>
        <div className={classes.rule}><GroupCard group={root} scope="customer" outermost /></div>
        <div className={classes.crowd}>
          <div className={classes.now}><Crowd preview={preview.data} counting={counting} error={preview.error} onRetry={() => void preview.refetch()} /></div>
          {steps.length >= worthShowing ? <Section title={root.join === 'any' ? t('segments.funnel.grows') : t('segments.funnel.title')}><Funnel steps={steps} /></Section> : null}
          <Section title={t('segments.missing.title')}><WhoIsMissing rule={rule} onExcluding={onExcluding} /></Section>
          <Section title={t('segments.sample.title')}>{preview.data ? <Sample people={preview.data.sample ?? []} /> : null}</Section>
        </div>
      </div>
    </BuilderContext>
  );
}
