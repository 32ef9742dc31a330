import { Button } from '@mantine/core';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { problemOf } from '@/api/problem';
import { ErrorState } from '@/ui/ErrorState';
import { IconBack } from '@/ui/icons';
import { LookUp, type Found } from '@/ui/LookUp';
import { PageHeader } from '@/ui/PageHeader';
import { PageSkeleton } from '@/ui/PageSkeleton';
import { useUrlState } from '@/ui/useUrlState';
import { nameOf } from './customer';
import { MergeChooser } from './MergeChooser';
import classes from './Merge.module.css';
import { useCustomer, useFoundCustomers, useMergePreview } from './queries';

const defaults = { with: '' };

/** Looks up the other record of the same person, and then lets each field be chosen. */
export default function MergePage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { id = '' } = useParams();
  const [url, setUrl] = useUrlState(defaults);
  const [text, setText] = useState('');
  const search = useCallback((typed: string) => setText(typed), []);
  const { data, error } = useCustomer(id);
  const found = useFoundCustomers(text).filter((each) => each.id !== id);
  const preview = useMergePreview(id, url.with);
  if (!data) return error ? <ErrorState trouble={problemOf(error)} /> : <PageSkeleton />;
  const other: Found | undefined = preview.data ? { id: url.with, title: nameOf(preview.data.other.customer) } : undefined;
  return (
    <>
      <Button className={classes.back} component={Link} to={`/customers/${id}`} variant="subtle" color="gray" size="compact-sm" leftSection={<IconBack size={16} aria-hidden />}>{nameOf(data.data)}</Button>
      <PageHeader title={t('customers.merge.title', { name: nameOf(data.data) })} />
      <div className={classes.page}>
        <p className={classes.why}>{t('customers.merge.why')}</p>
        <div className={classes.look}>
          <LookUp key={other?.id ?? ''} label={t('customers.merge.with')} placeholder={t('customers.search')} value={other} onSearch={search} found={found}
            onChange={(chosen) => setUrl({ with: chosen?.id ?? '' }, { replace: true })} />
        </div>
        {preview.error ? <ErrorState inline trouble={problemOf(preview.error)} /> : null}
        {preview.data ? <MergeChooser key={url.with} preview={preview.data} onMerged={() => void navigate(`/customers/${id}`)} /> : null}
      </div>
    </>
  );
}
