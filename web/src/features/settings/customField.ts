import type { CustomField } from '@/api/customFields';

export const types = ['text', 'number', 'money', 'date', 'choice', 'choices', 'yesNo', 'link'] as const;
export type FieldType = (typeof types)[number];

export const canBeUnique = (type: string): boolean => ['text', 'number', 'date', 'link'].includes(type);
export const hasChoices = (type: string): boolean => type === 'choice' || type === 'choices';

type Option = NonNullable<CustomField['choices']>[number];

const labels = ({ key, label }: Option): (string | undefined)[] => [label.ko, label.en, key];

/** The choices that are offered, a line each. */
export const linesOf = (choices: readonly Option[] | null | undefined, language: string): string =>
  (choices ?? []).filter(({ archived }) => !archived).map(({ key, label }) => (language === 'ko' ? label.ko || label.en : label.en || label.ko) || key).join('\n');

/** A line that names a choice keeps its key, a new one is its own key; a choice without a line is archived, since customers may have it. */
export function choicesOf(lines: string, before: readonly Option[] | null | undefined): Option[] {
  const texts = [...new Set(lines.split('\n').map((line) => line.trim()).filter((line) => line !== ''))];
  const named = texts.map((text) => {
    const was = (before ?? []).find((option) => labels(option).includes(text));
    return was ? { key: was.key, label: was.label } : { key: text, label: { ko: text } };
  });
  const left = (before ?? []).filter(({ key }) => !named.some((option) => option.key === key));
  return [...named, ...left.map((option) => ({ ...option, archived: true }))];
}

/** A key made of an English name ("Member number" is memberNumber); another language has no letters for it, so its fields are counted. */
export function keyOf(english: string, taken: readonly string[]): string {
  const words = english.replaceAll(/[^a-zA-Z0-9 ]/g, ' ').split(' ').filter((word) => word !== '');
  const stem = words.map((word, i) => (i === 0 ? word.toLowerCase() : word.charAt(0).toUpperCase() + word.slice(1).toLowerCase())).join('').slice(0, 36);
  if (/^[a-z]/.test(stem) && !taken.includes(stem)) return stem;
  const base = /^[a-z]/.test(stem) ? stem : 'field';
  for (let n = base === 'field' ? 1 : 2; ; n++) if (!taken.includes(`${base}${n}`)) return `${base}${n}`;
}

/** The keys with one moved by a place; those that are archived stand last. */
export function moved(fields: readonly CustomField[], key: string, by: -1 | 1): string[] {
  const live = fields.filter(({ archived }) => !archived).map((field) => field.key);
  const from = live.indexOf(key);
  const other = live[from + by];
  if (from >= 0 && other !== undefined) { live[from] = other; live[from + by] = key; }
  return [...live, ...fields.filter(({ archived }) => archived).map((field) => field.key)];
}
