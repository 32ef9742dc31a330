import { useTranslation } from 'react-i18next';
import { formatNumber } from '@/lib/format';
import { useLanguage } from '@/ui/useLanguage';
import classes from './History.module.css';
import type { SegmentDay } from './queries';

const width = 640;
const height = 160;
const inset = 8;

/** Members by day, from nought: the table below has the figures. */
export function SizeChart({ days }: { days: readonly SegmentDay[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const counted = days.filter((day) => day.count !== undefined);
  const [first, last] = [counted[0], counted.at(-1)];
  if (!first || !last || counted.length < 2) return null;
  const [from, to] = [Date.parse(first.day), Date.parse(last.day)];
  const most = Math.max(1, ...counted.map((day) => day.count ?? 0));
  const points = counted.map(({ day, count = 0 }) => [inset + ((Date.parse(day) - from) / (to - from)) * (width - 2 * inset), height - inset - (count / most) * (height - 2 * inset)] as const);
  const line = points.map((point) => point.join(',')).join(' ');
  const label = t('segments.history.chart', { from: first.day, first: formatNumber(first.count ?? 0, language), to: last.day, last: formatNumber(last.count ?? 0, language), most: formatNumber(most, language) });
  return (
    <figure className={classes.chart}>
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={label}>
        <polygon points={`${inset},${height - inset} ${line} ${width - inset},${height - inset}`} />
        <polyline points={line} vectorEffect="non-scaling-stroke" />
      </svg>
      <figcaption><span>{first.day}</span><span>{last.day}</span></figcaption>
    </figure>
  );
}
