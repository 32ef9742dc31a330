import classes from './StatTile.module.css';

const width = 100;
const height = 28;
const inset = 3;

/** A line without axes: the shape of the last days, drawn as plain SVG so that no chart library loads for it. */
export function Sparkline({ values }: { values: readonly number[] }) {
  if (values.length < 2) return null;
  const low = Math.min(...values);
  const span = Math.max(...values) - low || 1;
  const points = values.map((value, i) => [
    inset + (i / (values.length - 1)) * (width - 2 * inset),
    height - inset - ((value - low) / span) * (height - 2 * inset),
  ] as const);
  const last = points.at(-1) ?? [0, 0];
  return (
    <svg className={classes.spark} viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
      <polyline points={points.map((point) => point.join(',')).join(' ')} vectorEffect="non-scaling-stroke" />
      <line x1={last[0]} x2={last[0]} y1={last[1]} y2={last[1]} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
