import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

/** Where a consent was said; one that came with a file leads to that import. */
export function Source({ source }: { source: string }) {
  const { t } = useTranslation();
  const importId = /^import (imp_\w+)$/.exec(source)?.[1];
  if (importId) return <Link to={`/imports/${importId}`}>{t('customers.timeline.type.imported')}</Link>;
  return <>{source === 'sample' ? t('customers.sample') : source}</>;
}
