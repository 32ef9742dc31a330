import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { isProblem, type ApiProblem } from '@/api/problem';
import { LeaveGuard } from '@/ui/LeaveGuard';
import { PageHeader } from '@/ui/PageHeader';
import { PageSkeleton } from '@/ui/PageSkeleton';
import { useUrlState } from '@/ui/useUrlState';
import { ViewTabs } from '@/ui/ViewTabs';
import { RuleEditor } from './builder/RuleEditor';
import { SaveDialog } from './builder/SaveDialog';
import { useRuleState } from './builder/useBuilder';
import { Members } from './Members';
import { useSaveSegment, type FieldInfo, type Segment, type Settings } from './queries';
import { readRule } from './rule/read';
import { isComplete, leavesOf } from '@/ui/rule/rule';
import { writeRule } from './rule/write';
import { SegmentActions } from './SegmentActions';

interface Props { infos: readonly FieldInfo[]; segment: Segment | undefined; etag: string | undefined; rule: unknown; name: string }
const History = lazy(() => import('./History'));
const places = { tab: 'rule' };

export function SegmentEditor({ infos, segment, etag, rule: first, name }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [{ tab }, setPlace] = useUrlState(places);
  const start = useMemo(() => readRule(first), [first]);
  const state = useRuleState(start, infos);
  const [strict, setStrict] = useState(false);
  const [asking, setAsking] = useState(false);
  // The guard must know that the rule is kept before the page is left for the new segment's own.
  const [made, setMade] = useState<string>();
  useEffect(() => { if (made) void navigate(`/segments/${made}`, { replace: true }); }, [made, navigate]);
  const save = useSaveSegment(segment?.id, etag);
  const rule = writeRule(state.root, state.typeOf);
  const changed = JSON.stringify(rule) !== JSON.stringify(writeRule(start, state.typeOf));

  const ask = () => {
    const open = leavesOf(state.root).find((leaf) => !isComplete(leaf));
    setStrict(true);
    if (open) state.focus(open.id);
    else setAsking(true);
  };
  const settings: Settings = { name, description: segment?.description ?? '', membership: segment?.membership ?? 'live', exportEvery: segment?.exportEvery ?? '', exportFormat: segment?.exportFormat ?? '' };
  const onSave = (wanted: Settings, refused: (problem: ApiProblem) => void) => save.mutate({ ...wanted, rule }, {
    onSuccess: ({ data }) => { setAsking(false); if (!segment) setMade(data.id); },
    onError: (error) => { if (isProblem(error)) refused(error); },
  });

  return (
    <>
      <LeaveGuard unsaved={changed && !made} />
      <PageHeader title={segment?.name ?? t('segments.newTitle')} action={<SegmentActions segment={segment} etag={etag} changed={changed || !segment} onSave={ask} onSettings={() => setAsking(true)} />} />
      {segment ? <ViewTabs label={t('segments.tabs.label')} value={tab} onChange={(next) => setPlace({ tab: next })} views={[{ id: 'rule', name: t('segments.tabs.rule') }, { id: 'members', name: t('segments.tabs.members') }, { id: 'history', name: t('segments.tabs.history') }]} /> : null}
      {segment && tab === 'history' ? <Suspense fallback={<PageSkeleton />}><History id={segment.id} name={segment.name} live={segment.membership !== 'frozen'} /></Suspense> : null}
      {segment && tab === 'members' ? <Members id={segment.id} name={segment.name} /> : null}
      {segment && tab !== 'rule' ? null : <RuleEditor state={state} strict={strict} selfId={segment?.id} />}
      {asking ? <SaveDialog first={settings} pending={save.isPending} error={save.error} onSave={onSave} onClose={() => { setAsking(false); save.reset(); }} /> : null}
    </>
  );
}
