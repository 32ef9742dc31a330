import { TextInput } from '@mantine/core';
import { useDebouncedValue, useHotkeys } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import { ErrorState } from '@/ui/ErrorState';
import { LeaveGuard } from '@/ui/LeaveGuard';
import type { Found } from '@/ui/LookUp';
import { PageHeader } from '@/ui/PageHeader';
import { ViewTabs } from '@/ui/ViewTabs';
import { CodeField } from './CodeField';
import { Lacking } from './Lacking';
import { PreviewPane } from './PreviewPane';
import { usePreview, useSaveTemplate, useVariables, type Draft, type Template } from './queries';
import { TemplateActions } from './TemplateActions';
import classes from './TemplateEditor.module.css';

const draftOf = ({ name, subject = '', html = '', text = '' }: Template): Draft => ({ name, subject, html, text });
const parts = ['html', 'text'] as const;
const pause = 250;

/** Source on the left, on the right the mail as a customer gets it, filled anew a moment after the last key. */
export function TemplateEditor({ template, etag }: { template: Template; etag: string | undefined }) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(() => draftOf(template));
  const [part, setPart] = useState<(typeof parts)[number]>('html');
  const [person, setPerson] = useState<Found>();
  const save = useSaveTemplate(template.id, etag);
  const variables = useVariables().data ?? [];
  const [{ subject, html, text }] = useDebouncedValue(draft, pause);
  const preview = usePreview(template.id, { subject, html, text }, person?.id);
  const changed = JSON.stringify(draft) !== JSON.stringify(draftOf(template));
  const set = (patch: Partial<Draft>) => setDraft((current) => ({ ...current, ...patch }));
  const store = () => { if (changed && !save.isPending) save.mutate(draft); };
  useHotkeys([['mod+S', store]], [], true);
  const problemsOf = (pointer: string) => preview.problems.filter((problem) => problem.pointer === pointer);

  return (
    <>
      <LeaveGuard unsaved={changed} />
      <PageHeader title={template.name} action={<TemplateActions template={template} etag={etag} changed={changed} saving={save.isPending} onSave={store} person={person} />} />
      {save.error ? <ErrorState inline trouble={problemOf(save.error)} kept={t('templates.kept')} onRetry={store} /> : null}
      <div className={classes.root}>
        <div className={classes.source}>
          <TextInput label={t('templates.column.name')} value={draft.name} maxLength={200} onChange={({ currentTarget }) => set({ name: currentTarget.value })} />
          <CodeField single label={t('templates.column.subject')} value={draft.subject} onChange={(next) => set({ subject: next })} variables={variables} problems={problemsOf('/subject')} />
          <div>
            <ViewTabs label={t('templates.part.label')} value={part} onChange={(next) => setPart(next === 'text' ? 'text' : 'html')} views={parts.map((id) => ({ id, name: t(`templates.part.${id}`) }))} />
            {part === 'html' ? <CodeField label={t('templates.part.html')} hideLabel value={draft.html} onChange={(next) => set({ html: next })} variables={variables} problems={problemsOf('/html')} />
              : <CodeField label={t('templates.part.text')} hideLabel hint={t('templates.part.textHint')} value={draft.text} onChange={(next) => set({ text: next })} variables={variables} problems={problemsOf('/text')} />}
          </div>
          <Lacking draft={draft} missing={preview.mail?.missing ?? []} person={person?.title} variables={variables} />
        </div>
        <PreviewPane mail={preview.mail} loading={preview.loading} error={preview.error} onRetry={preview.retry} stale={preview.problems.length > 0} person={person} onPerson={setPerson} />
      </div>
    </>
  );
}
