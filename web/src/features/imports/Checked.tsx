import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import { formatNumber } from '@/lib/format';
import { ErrorState } from '@/ui/ErrorState';
import { useLanguage } from '@/ui/useLanguage';
import { Balance } from './Balance';
import { FileRows } from './FileRows';
import type { ImportDetail } from './import';
import classes from './Imports.module.css';
import { Problems } from './Problems';
import { useCancelImport, useCommitImport } from './queries';

/** Every row was looked at and none was written: what would happen, what is wrong, and the button that does it. */
export function Checked({ detail, onMatch }: { detail: ImportDetail; onMatch: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const commit = useCommitImport(detail.id);
  const cancel = useCancelImport(detail.id);
  const { created, updated, failed } = detail.counts;
  const good = created + updated;
  const words = { count: good, shown: formatNumber(good, language) };
  return (
    <section aria-label={t('imports.step.check')}>
      <p className={classes.lead}>{failed > 0 ? t('imports.checked.some', { count: failed, shown: formatNumber(failed, language) }) : t('imports.checked.fine')}</p>
      <Balance counts={detail.counts} check />
      {commit.error ? <ErrorState inline trouble={problemOf(commit.error)} kept={t('imports.match.kept')} /> : null}
      <div className={classes.actions}>
        <Button variant="subtle" color="gray" loading={cancel.isPending} onClick={() => cancel.mutate()}>{t('imports.cancel')}</Button>
        <Button variant="default" onClick={onMatch}>{t('imports.match.again')}</Button>
        <Button loading={commit.isPending} disabled={good === 0} onClick={() => commit.mutate()}>{good === 0 ? t('imports.checked.nothing') : t('imports.checked.submit', words)}</Button>
      </div>
      {failed > 0 ? <Problems detail={detail} /> : <FileRows detail={detail} />}
    </section>
  );
}
