import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { problemOf } from '@/api/problem';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { useAddSample } from './queries';

/** A workspace without anybody: bring in one's own customers, or look around with sample data. */
export function Welcome({ company }: { company: string }) {
  const { t } = useTranslation();
  const add = useAddSample();
  return (
    <>
      <EmptyState drawing="shop" title={t('home.empty.title', { workspace: company })} why={t('home.empty.why')} action={(
        <Group gap="sm" justify="center" mt="sm">
          <Button component={Link} to="/imports/new">{t('home.empty.import')}</Button>
          <Button variant="default" loading={add.isPending} onClick={() => add.mutate()}>{t('home.empty.sample')}</Button>
        </Group>
      )} />
      {add.error ? <ErrorState inline trouble={problemOf(add.error)} /> : null}
    </>
  );
}
