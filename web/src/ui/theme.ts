import { createTheme, defaultVariantColorsResolver, type CSSVariablesResolver, type MantineColorsTuple, type VariantColorsResolver } from '@mantine/core';

/** The only file of the console that knows a colour or a pixel. Everything else names a token; tokens.test.ts holds it to that. */

const persimmon: MantineColorsTuple = [
  '#fff3ec', '#fde3d4', '#fac6a8', '#f8ab80', '#f69663', '#ec7a42', '#d9571f', '#c2410c', '#a33509', '#842a07',
];
const stone: MantineColorsTuple = [
  '#faf8f4', '#f4f0ea', '#e8e2d8', '#d8d0c3', '#b9afa0', '#948a7c', '#6f675b', '#585147', '#3b352e', '#1f1b16',
];
const umber: MantineColorsTuple = [
  '#f2ece3', '#c4bbaf', '#a0968a', '#7d7367', '#544b42', '#3a332c', '#2a2520', '#191613', '#13110e', '#0d0b09',
];

export interface Palette {
  paper: string; raised: string; sunken: string; hover: string; selected: string;
  ink: string; ink2: string; ink3: string; line: string; lineStrong: string;
  accent: string; accentStrong: string; accentSoft: string; onAccent: string;
  good: string; goodSoft: string; attention: string; attentionSoft: string;
  bad: string; badSoft: string; neutral: string; neutralSoft: string;
  chart: readonly [string, string, string, string, string, string, string];
}

export const light: Palette = {
  paper: '#fbf9f6', raised: '#fffefc', sunken: '#f4f0ea', hover: '#f6f2ec', selected: '#fcede3',
  ink: '#1f1b16', ink2: '#585147', ink3: '#6f675b', line: '#e8e2d8', lineStrong: '#948a7c',
  accent: '#c2410c', accentStrong: '#a33509', accentSoft: '#fdece2', onAccent: '#ffffff',
  good: '#1c6b41', goodSoft: '#e4f2e8', attention: '#855300', attentionSoft: '#fbefd3',
  bad: '#b3261e', badSoft: '#fce8e5', neutral: '#585147', neutralSoft: '#efeae2',
  chart: ['#c2410c', '#3d7fc4', '#0b8a6f', '#b08a10', '#5b2a86', '#4d4a46', '#cf6aa0'],
};

export const dark: Palette = {
  paper: '#191613', raised: '#211d19', sunken: '#13110e', hover: '#26211c', selected: '#3a2619',
  ink: '#f2ece3', ink2: '#c4bbaf', ink3: '#a0968a', line: '#3a332c', lineStrong: '#7d7367',
  accent: '#f69663', accentStrong: '#f8ab80', accentSoft: '#3a2619', onAccent: '#1f1208',
  good: '#72c698', goodSoft: '#1b3326', attention: '#e3b553', attentionSoft: '#392c12',
  bad: '#f48e84', badSoft: '#43201c', neutral: '#c4bbaf', neutralSoft: '#2e2822',
  chart: ['#f69663', '#7cb8ee', '#3cc3a2', '#d9b90e', '#9c68d6', '#e2ded7', '#d0589c'],
};

/** Sizes that layout needs and Mantine has no name for. */
export const sizes = {
  rail: '220px', railFolded: '56px', topBar: '52px', bottomBar: '60px', panel: '480px',
  row: '40px', rowCompact: '32px', rowPhone: '60px', reading: '720px', form: '400px', page: '1280px',
  palette: '600px', field: '280px', spark: '28px', tile: '200px', ledger: '12px', dot: '8px', avatar: '28px', icon: '18px',
  hairline: '1px', focus: '2px', target: '24px', drawing: '112px', column: '160px', touch: '44px',
} as const;

const scrim = '#1f1b16';
export const motion = { fast: 120, calm: 180 } as const;
export const breakpoints = { phone: '40em', narrow: '75em' } as const;

/** Filled buttons take their ink from the palette: white on the deep persimmon of light, dark on the pale one of dark. */
const variants: VariantColorsResolver = (input) => {
  const own = defaultVariantColorsResolver(input);
  if (input.variant !== 'filled') return own;
  if (input.color === 'red') return { ...own, background: 'var(--dg-bad)', hover: 'var(--dg-bad)', color: 'var(--dg-paper)' };
  if (input.color === undefined || input.color === 'persimmon') return { ...own, background: 'var(--dg-accent)', hover: 'var(--dg-accent-strong)', color: 'var(--dg-on-accent)' };
  return own;
};

export const theme = createTheme({
  variantColorResolver: variants,
  fontFamily: '"Pretendard Variable", Pretendard, -apple-system, BlinkMacSystemFont, system-ui, "Noto Sans KR", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Noto Sans Mono CJK KR", monospace',
  fontSizes: { xs: '12px', sm: '14px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '1.5', sm: '1.5', md: '1.5', lg: '1.5', xl: '1.4' },
  fontWeights: { regular: '400', medium: '600', bold: '600' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '20px', lineHeight: '1.4' }, h2: { fontSize: '16px', lineHeight: '1.5' },
      h3: { fontSize: '14px', lineHeight: '1.5' }, h4: { fontSize: '14px', lineHeight: '1.5' },
      h5: { fontSize: '12px', lineHeight: '1.5' }, h6: { fontSize: '12px', lineHeight: '1.5' },
    },
  },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px', xxl: '40px' },
  radius: { xs: '4px', sm: '8px', md: '8px', lg: '8px', xl: '999px' },
  defaultRadius: 'md',
  shadows: { xs: 'none', sm: 'none', md: 'none', lg: 'none', xl: 'none' },
  breakpoints: { xs: '36em', sm: '40em', md: '62em', lg: '75em', xl: '88em' },
  colors: { persimmon, gray: stone, dark: umber },
  primaryColor: 'persimmon',
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  luminanceThreshold: 0.35,
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'sm' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 'lg' } },
    Overlay: { defaultProps: { color: scrim, backgroundOpacity: 0.4 } },
    Modal: { defaultProps: { centered: true, transitionProps: { duration: motion.fast } } },
    // Mantine draws <header> in a dialog, which reads as a second banner of the page.
    ModalHeader: { defaultProps: { role: 'none' } },
    DrawerHeader: { defaultProps: { role: 'none' } },
    Drawer: { defaultProps: { position: 'right', transitionProps: { duration: motion.calm } } },
    Menu: { defaultProps: { withinPortal: true, position: 'bottom-end', transitionProps: { duration: motion.fast } } },
    Popover: { defaultProps: { transitionProps: { duration: motion.fast } } },
    Tooltip: { defaultProps: { openDelay: 400, transitionProps: { duration: motion.fast }, events: { hover: true, focus: true, touch: false } } },
    Select: { defaultProps: { checkIconPosition: 'right', allowDeselect: false } },
    Checkbox: { defaultProps: { radius: 'xs' } },
    Skeleton: { defaultProps: { radius: 'xs' } },
  },
});

const vars = (p: Palette): Record<string, string> => ({
  '--dg-paper': p.paper, '--dg-raised': p.raised, '--dg-sunken': p.sunken, '--dg-hover': p.hover, '--dg-selected': p.selected,
  '--dg-ink': p.ink, '--dg-ink-2': p.ink2, '--dg-ink-3': p.ink3, '--dg-line': p.line, '--dg-line-strong': p.lineStrong,
  '--dg-accent': p.accent, '--dg-accent-strong': p.accentStrong, '--dg-accent-soft': p.accentSoft, '--mantine-primary-color-contrast': p.onAccent, '--dg-on-accent': p.onAccent,
  '--dg-good': p.good, '--dg-good-soft': p.goodSoft, '--dg-attention': p.attention, '--dg-attention-soft': p.attentionSoft,
  '--dg-bad': p.bad, '--dg-bad-soft': p.badSoft, '--dg-neutral': p.neutral, '--dg-neutral-soft': p.neutralSoft,
  ...Object.fromEntries(p.chart.map((colour, i) => [`--dg-chart-${i + 1}`, colour])),
  '--mantine-color-body': p.paper, '--mantine-color-text': p.ink, '--mantine-color-bright': p.ink, '--mantine-color-dimmed': p.ink2,
  '--mantine-color-placeholder': p.ink3, '--mantine-color-anchor': p.accent, '--mantine-color-error': p.bad,
  '--mantine-color-default': p.raised, '--mantine-color-default-hover': p.hover, '--mantine-color-default-color': p.ink,
  '--mantine-color-default-border': p.lineStrong, '--mantine-color-disabled': p.sunken, '--mantine-color-disabled-color': p.ink3,
  '--mantine-color-gray-light': p.neutralSoft, '--mantine-color-gray-light-hover': p.hover, '--mantine-color-gray-light-color': p.ink2,
  '--mantine-color-persimmon-light': p.accentSoft, '--mantine-color-persimmon-light-color': p.accent,
});

export const resolver: CSSVariablesResolver = () => ({
  variables: {
    '--dg-strong': '600', '--dg-display': '28px',
    '--dg-fast': `${motion.fast}ms`, '--dg-calm': `${motion.calm}ms`,
    ...Object.fromEntries(Object.entries(sizes).map(([k, v]) => [`--dg-${k.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`, v])),
  },
  light: vars(light),
  dark: vars(dark),
});
