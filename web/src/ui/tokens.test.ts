import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { breakpoints, dark, light, type Palette } from './theme';

const src = join(process.cwd(), 'src');

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return files(path);
    return /\.(tsx?|css)$/.test(entry.name) && !/\.test\.tsx?$|theme\.ts$|schema\.d\.ts$/.test(entry.name) ? [path] : [];
  });
}

describe('tokens', () => {
  it('are the only colours and pixels: no file but theme.ts names one', () => {
    const raw = /#[0-9a-f]{3,8}\b(?!['"]?\))|\b\d+px\b|\brgba?\(|\bhsla?\(/i;
    const guilty = files(src).flatMap((file) => readFileSync(file, 'utf8').split('\n')
      .flatMap((line, i) => (raw.test(line) ? [`${file.slice(src.length + 1)}:${i + 1} ${line.trim()}`] : [])));
    expect(guilty).toEqual([]);
  });

  it('share their breakpoints with the CSS', () => {
    const config = readFileSync(join(process.cwd(), 'postcss.config.cjs'), 'utf8');
    for (const [name, value] of Object.entries(breakpoints)) expect(config).toContain(`${name}: '${value}'`);
  });
});

const channel = (value: number) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const rgb = (hex: string): [number, number, number] => [1, 3, 5].map((at) => channel(parseInt(hex.slice(at, at + 2), 16) / 255)) as [number, number, number];
const luminance = (hex: string) => { const [r, g, b] = rgb(hex); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
const contrast = (a: string, b: string) => { const [x, y] = [luminance(a), luminance(b)]; return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05); };

describe.each<[string, Palette]>([['light', light], ['dark', dark]])('%s palette', (_, p) => {
  const text: [string, string, string][] = [
    ...[p.paper, p.raised, p.sunken, p.hover, p.selected].flatMap((ground) => [p.ink, p.ink2, p.ink3].map((ink): [string, string, string] => ['ink', ink, ground])),
    ['accent', p.accent, p.paper], ['accent', p.accent, p.raised], ['accent on soft', p.accent, p.accentSoft], ['on accent', p.onAccent, p.accent],
    ['good', p.good, p.goodSoft], ['attention', p.attention, p.attentionSoft], ['bad', p.bad, p.badSoft], ['bad', p.bad, p.paper], ['neutral', p.neutral, p.neutralSoft],
    ['ink on bad', p.ink2, p.badSoft],
  ];
  it.each(text)('%s: %s on %s reads at 4.5 or more', (_name, ink, ground) => expect(contrast(ink, ground)).toBeGreaterThanOrEqual(4.5));
  it.each([...p.chart, p.lineStrong])('%s stands out of the paper at 3 or more', (colour) => expect(contrast(colour, p.paper)).toBeGreaterThanOrEqual(3));
  it('keeps the seven chart colours apart for red- and green-blind eyes', () => {
    for (const see of Object.values(blindness)) {
      p.chart.forEach((a, i) => p.chart.slice(i + 1).forEach((b) => expect(distance(see(rgb(a)), see(rgb(b))), `${a} ${b}`).toBeGreaterThan(11)));
    }
  });
});

type Triple = [number, number, number];
const times = (m: readonly Triple[]) => ([r, g, b]: Triple): Triple => m.map((row) => Math.min(1, Math.max(0, row[0] * r + row[1] * g + row[2] * b))) as Triple;

/** Machado, Oliveira, Fernandes 2009, severity 1.0, on linear RGB. */
const blindness = {
  protan: times([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
  deutan: times([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]]),
};

function lab([r, g, b]: Triple): Triple {
  const f = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const [x, y, z] = [
    f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505), f(0.2126 * r + 0.7152 * g + 0.0722 * b), f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089),
  ];
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}
/** CIE76 difference; 2.3 is just noticeable, 11 is plainly another colour beside a label. */
const distance = (a: Triple, b: Triple) => Math.hypot(...lab(a).map((v, i) => v - (lab(b)[i] ?? 0)));
