import { useParams } from 'react-router';
import { problemOf } from '@/api/problem';
import { ErrorState } from '@/ui/ErrorState';
import { PageSkeleton } from '@/ui/PageSkeleton';
import { useTemplate } from './queries';
import { TemplateEditor } from './TemplateEditor';

export default function TemplatePage() {
  const { id = '' } = useParams();
  const template = useTemplate(id);
  if (template.data) return <TemplateEditor key={id} template={template.data.data} etag={template.data.etag} />;
  if (template.error) return <ErrorState trouble={problemOf(template.error)} onRetry={() => void template.refetch()} />;
  return <PageSkeleton />;
}
