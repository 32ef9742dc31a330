import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/ui/EmptyState';
import { PageHeader } from '@/ui/PageHeader';
import { PageSkeleton } from '@/ui/PageSkeleton';
import { useHome } from './queries';

export default function HomePage() {
  const { t } = useTranslation();
  const { data } = useHome();
  if (!data) return <PageSkeleton />;
  return (
    <>
      <PageHeader title={t('home.title')} />
      <EmptyState drawing="shop" title={t('home.empty.title', { workspace: data.workspace.company })} why={t('home.empty.why')} />
    </>
  );
}
