import { useParams } from 'react-router';
import { problemOf } from '@/api/problem';
import { ErrorState } from '@/ui/ErrorState';
import { PageSkeleton } from '@/ui/PageSkeleton';
import { CampaignView } from './CampaignView';
import { useCampaign } from './queries';

export default function CampaignPage() {
  const { id = '' } = useParams();
  const campaign = useCampaign(id);
  if (campaign.data) return <CampaignView key={id} campaign={campaign.data.data} />;
  if (campaign.error) return <ErrorState trouble={problemOf(campaign.error)} onRetry={() => void campaign.refetch()} />;
  return <PageSkeleton />;
}
