import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { EmptyState } from '@/ui/EmptyState';
import { useTitle } from '@/ui/useTitle';

export function MissingPage() {
  const { t } = useTranslation();
  useTitle(t('frame.missing.title'));
  return <EmptyState drawing="search" title={t('frame.missing.title')} why={t('frame.missing.why')} action={<Button component={Link} to="/">{t('frame.missing.action')}</Button>} />;
}
