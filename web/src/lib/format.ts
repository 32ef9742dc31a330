import type { Language } from './preferences';

export interface MoneyValue { amount: string; currency: string }

const locales: Record<Language, string> = { ko: 'ko-KR', en: 'en-US' };
const formatters = new Map<string, Intl.NumberFormat>();

/** Intl formatters cost about 50 µs each to make; a table of 200 rows would feel it. */
function numberFormat(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = language + JSON.stringify(options);
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(locales[language], options);
  formatters.set(key, made);
  return made;
}

export function formatNumber(value: number, language: Language, digits = 0): string {
  return numberFormat(language, { maximumFractionDigits: digits }).format(value);
}

/** All digits behind the point, for columns of figures to be compared: 0.52 stands as 0.520 above 0.508. */
export function formatFixed(value: number, language: Language, digits: number): string {
  return numberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
}

/** Whole amount for tables. Korean reads 12,300원, English ₩12,300; currencies with cents keep them. */
export function formatMoney(money: MoneyValue, language: Language): string {
  const value = Number(money.amount);
  if (!Number.isFinite(value)) return money.amount;
  if (language === 'ko' && money.currency === 'KRW') return `${formatNumber(value, language)}원`;
  return numberFormat(language, { style: 'currency', currency: money.currency, currencyDisplay: 'narrowSymbol' }).format(value);
}

const koreanSteps = [
  { from: 1e12, name: '조' },
  { from: 1e8, name: '억' },
  { from: 1e4, name: '만' },
] as const;

/** Short form for tiles: 12.3만, 4.5억 in Korean; 12.3K, 4.5M in English. One decimal below a hundred, none above. */
export function formatShort(value: number, language: Language): string {
  if (language === 'en') {
    return numberFormat('en', { notation: 'compact', maximumFractionDigits: Math.abs(value) < 1e3 ? 0 : 1 }).format(value);
  }
  const rounded = Math.round(Math.abs(value));
  // 99,999,999 rounds to 10,000만: it must read 1억 instead, hence the step is chosen after rounding.
  const step = koreanSteps.find(({ from }) => roundIn(rounded, from) >= 1);
  if (!step || rounded < 1e4) return formatNumber(value, language);
  const shown = roundIn(rounded, step.from);
  return `${value < 0 ? '-' : ''}${formatNumber(shown, language, 1)}${step.name}`;
}

function roundIn(value: number, unit: number): number {
  const exact = value / unit;
  return exact < 100 ? Math.round(exact * 10) / 10 : Math.round(exact);
}

/** Short money for tiles: 4.5억원, ₩4.5M. */
export function formatMoneyShort(money: MoneyValue, language: Language): string {
  const value = Number(money.amount);
  if (!Number.isFinite(value)) return money.amount;
  if (language === 'ko' && money.currency === 'KRW') return `${formatShort(value, language)}원`;
  return numberFormat(language, {
    style: 'currency', currency: money.currency, currencyDisplay: 'narrowSymbol', notation: 'compact', maximumFractionDigits: 1,
  }).format(value);
}

/** `ratio` 0.031 -> 3.1 %. */
export function formatPercent(ratio: number, language: Language, digits = 1): string {
  return numberFormat(language, { style: 'percent', maximumFractionDigits: digits }).format(ratio);
}

/** A difference: 0.016 -> +1.6 %. */
export function formatDifference(ratio: number, language: Language): string {
  return numberFormat(language, { style: 'percent', maximumFractionDigits: 1, signDisplay: 'exceptZero' }).format(ratio);
}

/** Full date and time in the workspace's zone, for hovers and documents. */
export function formatAbsolute(at: Date, language: Language, timeZone: string): string {
  return new Intl.DateTimeFormat(locales[language], { dateStyle: 'long', timeStyle: 'short', timeZone }).format(at);
}

export function formatDate(at: Date, language: Language, timeZone: string): string {
  return new Intl.DateTimeFormat(locales[language], { year: 'numeric', month: 'short', day: 'numeric', timeZone }).format(at);
}

function formatDay(at: Date, now: Date, language: Language, timeZone: string): string {
  const year = (date: Date) => new Intl.DateTimeFormat('en', { year: 'numeric', timeZone }).format(date);
  if (year(at) !== year(now)) return formatDate(at, language, timeZone);
  return new Intl.DateTimeFormat(locales[language], { month: 'short', day: 'numeric', timeZone }).format(at);
}

const units: readonly { unit: Intl.RelativeTimeFormatUnit; seconds: number }[] = [
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
];

/** Relative up to seven days either way, the date after that; the year only when it is another one. */
export function formatWhen(at: Date, now: Date, language: Language, timeZone: string): string {
  const seconds = (at.getTime() - now.getTime()) / 1000;
  if (Math.abs(seconds) > 7 * 86_400) return formatDay(at, now, language, timeZone);
  const relative = new Intl.RelativeTimeFormat(locales[language], { numeric: 'auto' });
  const step = units.find((candidate) => Math.abs(seconds) >= candidate.seconds);
  return step ? relative.format(Math.trunc(seconds / step.seconds), step.unit) : relative.format(0, 'second');
}
