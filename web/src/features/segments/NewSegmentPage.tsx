import { useSearchParams } from 'react-router';
import { problemOf } from '@/api/problem';
import { ErrorState } from '@/ui/ErrorState';
import { PageSkeleton } from '@/ui/PageSkeleton';
import { useFieldInfos } from './queries';
import { SegmentEditor } from './SegmentEditor';

/** `?rule=` begins with a rule that another page has thought of: a cell of the RFM grid, the people behind a campaign's figure. */
export default function NewSegmentPage() {
  const [params] = useSearchParams();
  const fields = useFieldInfos();
  if (fields.error) return <ErrorState trouble={problemOf(fields.error)} onRetry={() => void fields.refetch()} />;
  if (!fields.data) return <PageSkeleton />;
  const rule = params.get('rule');
  return <SegmentEditor key={rule} infos={fields.data} segment={undefined} etag={undefined} rule={ruleOf(rule)} name={params.get('name') ?? ''} />;
}

function ruleOf(text: string | null): unknown {
  try {
    return text ? JSON.parse(text) : { all: [] };
  } catch {
    return { all: [] };
  }
}
