import { useTranslation } from 'react-i18next';
import { StateBadge, type Tone } from '@/ui/StateBadge';

const tones: Record<string, Tone> = { draft: 'neutral', planning: 'attention', sending: 'attention', paused: 'attention', stopped: 'bad', sent: 'good', canceled: 'neutral' };

export function StatusBadge({ status }: { status: string }) {
  const { t } = useTranslation();
  return <StateBadge tone={tones[status] ?? 'neutral'}>{t(`campaigns.status.${status}`)}</StateBadge>;
}
