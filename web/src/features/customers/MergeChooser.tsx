import { Button, Group, Radio } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCustomFields } from '@/api/customFields';
import { problemOf } from '@/api/problem';
import { ErrorState } from '@/ui/ErrorState';
import { ScrollRegion } from '@/ui/ScrollRegion';
import { nameOf, type Kind } from './customer';
import { choicesOf, differing, mergeFields, shownOf, type Wording } from './merge';
import classes from './Merge.module.css';
import { useMerge, type MergePreview } from './queries';
import { useFieldNames } from './useFieldNames';

/** Two columns, the one who stays at the left, and a choice wherever they differ. */
export function MergeChooser({ preview, onMerged }: { preview: MergePreview; onMerged: () => void }) {
  const { t } = useTranslation();
  const one = preview.this.customer;
  const other = preview.other.customer;
  const [chosen, setChosen] = useState<Readonly<Record<string, 'this' | 'other'>>>({});
  const merge = useMerge(one.id);
  const nameOfField = useFieldNames(useCustomFields().data?.data.data ?? []);
  const word: Wording = (what, value) => (what === 'kind' ? t(`customers.kind.${value as Kind}`) : t(`customers.gender.${value as 'female' | 'male' | 'other'}`));
  const open = differing(one, other);
  const rest = mergeFields.filter((field) => !open.includes(field) && shownOf(preview.result, field, word) !== '');
  const { orders, entries, consents, messages } = preview.moves;
  const submit = () => merge.mutate({ with: other.id, withETag: preview.other.etag, etag: preview.this.etag, fields: choicesOf(chosen) }, { onSuccess: onMerged });
  return (
    <>
      <ScrollRegion name={t('customers.merge.choose')}>
        <table className={classes.table}>
          <thead><tr><td /><th scope="col">{nameOf(one)}<span>{t('customers.merge.stays')}</span></th><th scope="col">{nameOf(other)}<span>{t('customers.merge.joins')}</span></th></tr></thead>
          <tbody>
            {open.map((field) => (
              <tr key={field}>
                <th scope="row">{nameOfField(field)}</th>
                {([['this', one], ['other', other]] as const).map(([side, customer]) => (
                  <td key={side}>
                    <Radio name={field} checked={(chosen[field] ?? 'this') === side} onChange={() => setChosen({ ...chosen, [field]: side })} label={shownOf(customer, field, word)} />
                  </td>
                ))}
              </tr>
            ))}
            {rest.map((field) => (
              <tr key={field} className={classes.settled}><th scope="row">{nameOfField(field)}</th><td>{shownOf(one, field, word)}</td><td>{shownOf(other, field, word)}</td></tr>
            ))}
            {preview.result.tags ? <tr className={classes.settled}><th scope="row">{t('customers.field.tags')}</th><td colSpan={2}>{preview.result.tags.join(', ')}</td></tr> : null}
          </tbody>
        </table>
      </ScrollRegion>
      <p className={classes.moves}>{t('customers.merge.moves', { name: nameOf(other), orders, entries, consents, messages })}</p>
      <p className={classes.why}>{t('customers.merge.consents')}</p>
      {merge.error ? <ErrorState inline trouble={problemOf(merge.error)} /> : null}
      <Group justify="flex-end" mt="lg"><Button loading={merge.isPending} onClick={submit}>{t('customers.merge.submit')}</Button></Group>
    </>
  );
}
