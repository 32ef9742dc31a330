import { useParams } from 'react-router';
import { problemOf } from '@/api/problem';
import { ErrorState } from '@/ui/ErrorState';
import { PageSkeleton } from '@/ui/PageSkeleton';
import { useFieldInfos, useSegment } from './queries';
import { SegmentEditor } from './SegmentEditor';

export default function SegmentPage() {
  const { id = '' } = useParams();
  const fields = useFieldInfos();
  const segment = useSegment(id);
  const error = segment.error ?? fields.error;
  if (error) return <ErrorState trouble={problemOf(error)} onRetry={() => { void fields.refetch(); void segment.refetch(); }} />;
  if (!fields.data || !segment.data) return <PageSkeleton />;
  const { data, etag } = segment.data;
  return <SegmentEditor key={id} infos={fields.data} segment={data} etag={etag} rule={data.rule} name={data.name} />;
}
