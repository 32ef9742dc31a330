import { useTranslation } from 'react-i18next';
import { StateBadge, type Tone } from '@/ui/StateBadge';
import { statusOf, type Status } from './import';

const tones: Partial<Record<Status, Tone>> = { mapping: 'attention', ready: 'attention', succeeded: 'good', partlyFailed: 'attention' };

export function StatusBadge({ status }: { status: string }) {
  const { t } = useTranslation();
  const known = statusOf(status);
  return <StateBadge tone={tones[known] ?? 'neutral'}>{t(`imports.status.${known}`)}</StateBadge>;
}
