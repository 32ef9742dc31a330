import type { SettingsPatch, Workspace } from './queries';

export type TextId = 'company' | 'senderName' | 'senderEmail' | 'postalAddress' | 'attributionDays';
export type ChoiceId = 'language' | 'country' | 'timeZone' | 'currency';
export type SettingId = TextId | ChoiceId;
export interface Group { id: 'company' | 'place' | 'sender' | 'measure'; settings: readonly SettingId[] }

export const groups: readonly Group[] = [
  { id: 'company', settings: ['company', 'language', 'country'] },
  { id: 'place', settings: ['timeZone', 'currency'] },
  { id: 'sender', settings: ['senderName', 'senderEmail', 'postalAddress'] },
  { id: 'measure', settings: ['attributionDays'] },
];

const choices: readonly string[] = ['language', 'country', 'timeZone', 'currency'];
export const isChoice = (id: SettingId): id is ChoiceId => choices.includes(id);

export const valueOf = (workspace: Workspace, id: SettingId): string => String(workspace[id] ?? '');

/** The patch of one setting; days are a number, and an emptied text is cleared. */
export function patchOf(id: SettingId, value: string): SettingsPatch {
  if (id === 'attributionDays') return { attributionDays: Number(value) };
  return { [id]: value === '' ? null : value };
}

/** Whether any of the words holds what was typed, blanks and case aside. */
export function found(typed: string, words: readonly string[]): boolean {
  const plain = (text: string) => text.toLowerCase().replaceAll(/\s/g, '');
  return words.some((word) => plain(word).includes(plain(typed)));
}

const countries = ['KR', 'US', 'JP', 'CN', 'TW', 'HK', 'SG', 'VN', 'TH', 'ID', 'MY', 'PH', 'IN', 'AU', 'NZ', 'CA', 'GB', 'IE', 'DE', 'FR', 'ES', 'IT', 'NL', 'AT', 'CH', 'SE', 'NO', 'DK', 'FI', 'PL', 'PT', 'BR', 'MX', 'AE'];

function codesOf(id: Exclude<ChoiceId, 'language'>): readonly string[] {
  if (id === 'country') return countries;
  return Intl.supportedValuesOf(id === 'timeZone' ? 'timeZone' : 'currency');
}

/** What a choice offers, named in the reader's language; the present value is always among them. */
export function optionsOf(id: ChoiceId, present: string, language: string): { value: string; label: string }[] {
  if (id === 'language') return [{ value: 'ko', label: '한국어' }, { value: 'en', label: 'English' }];
  const codes = codesOf(id);
  const all = codes.includes(present) ? codes : [present, ...codes];
  if (id === 'timeZone') return all.map((value) => ({ value, label: value.replaceAll('_', ' ') }));
  const names = new Intl.DisplayNames([language], { type: id === 'country' ? 'region' : 'currency' });
  return all.map((value) => ({ value, label: `${names.of(value) ?? value} (${value})` }));
}
