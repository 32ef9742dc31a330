export interface Proportion { people: number; bought: number }
export interface Verdict { /** Sent less hold-out, as a share. */ difference: number; /** 95 % interval of it. */ low: number; high: number; /** How often chance alone makes a difference at least as large, either way. */ chance: number }

/** Below this many expected buyers or non-buyers on either side the normal approximation says nothing. */
const enough = 5;
const z95 = 1.959964;

/**
 * Two proportions compared: the pooled z-test (two-sided) for the chance, Newcombe's interval from Wilson scores (1998, method 10) for the difference.
 * undefined while there are too few people to say anything.
 */
export function compare(sent: Proportion, held: Proportion): Verdict | undefined {
  const all = sent.people + held.people;
  const pooled = all > 0 ? (sent.bought + held.bought) / all : 0;
  const fewest = Math.min(sent.people, held.people);
  if (fewest * pooled < enough || fewest * (1 - pooled) < enough) return undefined;
  const [p1, p2] = [sent.bought / sent.people, held.bought / held.people];
  const difference = p1 - p2;
  const spread = Math.sqrt(pooled * (1 - pooled) * (1 / sent.people + 1 / held.people));
  const [l1, u1] = wilson(sent);
  const [l2, u2] = wilson(held);
  return {
    difference,
    low: difference - Math.hypot(p1 - l1, u2 - p2),
    high: difference + Math.hypot(u1 - p1, p2 - l2),
    chance: 2 * (1 - normal(Math.abs(difference) / spread)),
  };
}

function wilson({ people, bought }: Proportion): [number, number] {
  const p = bought / people;
  const middle = p + z95 ** 2 / (2 * people);
  const half = z95 * Math.sqrt((p * (1 - p)) / people + z95 ** 2 / (4 * people ** 2));
  const scale = 1 + z95 ** 2 / people;
  return [(middle - half) / scale, (middle + half) / scale];
}

/** The normal distribution function by Abramowitz and Stegun 7.1.26; off by less than 1.5e-7. */
function normal(z: number): number {
  const x = z / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return 1 - 0.5 * poly * Math.exp(-x * x);
}
