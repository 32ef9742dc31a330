import type { SettingsPatch, Workspace } from './queries';

export type TextId = 'company' | 'senderName' | 'senderEmail' | 'postalAddress' | NumberId;
export type NumberId = 'attributionDays' | 'discountPercent' | 'marginPercent';
export type ChoiceId = 'language' | 'country' | 'timeZone' | 'currency' | 'scoreModel';
export type SettingId = TextId | ChoiceId;
export interface Group { id: 'company' | 'place' | 'sender' | 'measure' | 'forecast'; settings: readonly SettingId[] }

export const groups: readonly Group[] = [
  { id: 'company', settings: ['company', 'language', 'country'] },
  { id: 'place', settings: ['timeZone', 'currency'] },
  { id: 'sender', settings: ['senderName', 'senderEmail', 'postalAddress'] },
  { id: 'measure', settings: ['attributionDays'] },
  { id: 'forecast', settings: ['scoreModel', 'discountPercent', 'marginPercent'] },
];

const numbers: readonly string[] = ['attributionDays', 'discountPercent', 'marginPercent'];
export const isNumber = (id: SettingId): id is NumberId => numbers.includes(id);
const choices: readonly string[] = ['language', 'country', 'timeZone', 'currency', 'scoreModel'];
export const isChoice = (id: SettingId): id is ChoiceId => choices.includes(id);

export const valueOf = (workspace: Workspace, id: SettingId): string => String(workspace[id] ?? '');

/** The patch of one setting; days and percents are numbers, and an emptied text is cleared. What is no number is sent as it is, for the API to say what is wrong. */
export function patchOf(id: SettingId, value: string): SettingsPatch {
  const plain = value.replace(/%$/, '').trim();
  if (isNumber(id) && plain !== '' && Number.isFinite(Number(plain))) return { [id]: Number(plain) };
  return { [id]: value === '' ? null : value };
}

/** Whether any of the words holds what was typed, blanks and case aside. */
export function found(typed: string, words: readonly string[]): boolean {
  const plain = (text: string) => text.toLowerCase().replaceAll(/\s/g, '');
  return words.some((word) => plain(word).includes(plain(typed)));
}

const countries = ['KR', 'US', 'JP', 'CN', 'TW', 'HK', 'SG', 'VN', 'TH', 'ID', 'MY', 'PH', 'IN', 'AU', 'NZ', 'CA', 'GB', 'IE', 'DE', 'FR', 'ES', 'IT', 'NL', 'AT', 'CH', 'SE', 'NO', 'DK', 'FI', 'PL', 'PT', 'BR', 'MX', 'AE'];

const models = ['bgNbd', 'mbgNbd', 'paretoNbd'];
const modelNames: Readonly<Record<string, string>> = { bgNbd: 'BG/NBD', mbgNbd: 'MBG/NBD', paretoNbd: 'Pareto/NBD' };

function codesOf(id: Exclude<ChoiceId, 'language' | 'scoreModel'>): readonly string[] {
  if (id === 'country') return countries;
  return Intl.supportedValuesOf(id === 'timeZone' ? 'timeZone' : 'currency');
}

/** What a choice offers, named in the reader's language; the present value is always among them. */
export function optionsOf(id: ChoiceId, present: string, language: string): { value: string; label: string }[] {
  if (id === 'language') return [{ value: 'ko', label: '한국어' }, { value: 'en', label: 'English' }];
  if (id === 'scoreModel') return models.map((value) => ({ value, label: modelNames[value] ?? value }));
  const codes = codesOf(id);
  const all = codes.includes(present) ? codes : [present, ...codes];
  if (id === 'timeZone') return all.map((value) => ({ value, label: value.replaceAll('_', ' ') }));
  const names = new Intl.DisplayNames([language], { type: id === 'country' ? 'region' : 'currency' });
  return all.map((value) => ({ value, label: `${names.of(value) ?? value} (${value})` }));
}
