import type { SettingsPatch, Workspace } from './queries';

export type TextId = 'company' | 'senderName' | 'senderEmail' | 'postalAddress' | NumberId;
export type CostId = 'transactionPercent' | 'transactionFixed' | 'otherPercent';
export type BoundId = 'rfmDays' | 'rfmOrders' | 'rfmAmount';
export type NumberId = 'attributionDays' | 'discountPercent' | 'marginPercent';
export type ChoiceId = 'walletField' | 'language' | 'country' | 'timeZone' | 'currency' | 'scoreModel' | 'rfmCoding';
export type SettingId = TextId | ChoiceId | CostId | BoundId;
export interface Group { id: 'company' | 'place' | 'sender' | 'measure' | 'rfm' | 'costs' | 'forecast'; settings: readonly SettingId[] }

export const groups: readonly Group[] = [
  { id: 'company', settings: ['company', 'language', 'country'] },
  { id: 'place', settings: ['timeZone', 'currency'] },
  { id: 'sender', settings: ['senderName', 'senderEmail', 'postalAddress'] },
  { id: 'measure', settings: ['attributionDays'] },
  { id: 'rfm', settings: ['rfmCoding', 'rfmDays', 'rfmOrders', 'rfmAmount'] },
  { id: 'costs', settings: ['transactionPercent', 'transactionFixed', 'otherPercent'] },
  { id: 'forecast', settings: ['scoreModel', 'discountPercent', 'marginPercent', 'walletField'] },
];

const numbers: readonly string[] = ['attributionDays', 'discountPercent', 'marginPercent'];
export const isNumber = (id: SettingId): id is NumberId => numbers.includes(id);
const choices: readonly string[] = ['language', 'country', 'timeZone', 'currency', 'scoreModel', 'rfmCoding', 'walletField'];
export const isChoice = (id: SettingId): id is ChoiceId => choices.includes(id);

const costs: readonly string[] = ['transactionPercent', 'transactionFixed', 'otherPercent'];
export const isCost = (id: SettingId): id is CostId => costs.includes(id);
const bounds = { rfmDays: 'days', rfmOrders: 'orders', rfmAmount: 'amount' } as const;
export const isBound = (id: SettingId): id is BoundId => id in bounds;

/** Bounds matter to one coding alone. */
export const matters = (workspace: Workspace, id: SettingId): boolean => !isBound(id) || workspace.rfm.coding === 'fixed';

export function valueOf(workspace: Workspace, id: SettingId): string {
  if (isCost(id)) return String(workspace.costs[id]);
  if (isBound(id)) return workspace.rfm.bounds[bounds[id]].join(', ');
  return id === 'rfmCoding' ? workspace.rfm.coding : String(workspace[id] ?? '');
}

const numberOf = (typed: string): number | undefined => (typed !== '' && Number.isFinite(Number(typed)) ? Number(typed) : undefined);

/** The patch of one setting; days and percents are numbers, bounds four of them, and an emptied text is cleared. What is no number is sent as it is, for the API to say what is wrong. */
export function patchOf(id: SettingId, value: string): SettingsPatch {
  const plain = value.replace(/%$/, '').trim();
  if (id === 'rfmCoding') return { rfm: { coding: codings.find((coding) => coding === value) } };
  if (isBound(id)) return { rfm: { bounds: { [bounds[id]]: value.split(/[\s,]+/).filter(Boolean).map((part) => numberOf(part) ?? part) } } };
  if (isCost(id)) return { costs: { [id]: plain === '' ? 0 : numberOf(plain.replaceAll(',', '')) ?? plain } };
  if (isNumber(id) && numberOf(plain) !== undefined) return { [id]: Number(plain) };
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

const codings = ['independent', 'nested', 'fixed'] as const;
export type Coding = (typeof codings)[number];

function codesOf(id: Exclude<ChoiceId, 'language' | 'scoreModel' | 'rfmCoding' | 'walletField'>): readonly string[] {
  if (id === 'country') return countries;
  return Intl.supportedValuesOf(id === 'timeZone' ? 'timeZone' : 'currency');
}

/** What a choice offers, named in the reader's language; the present value is always among them. */
export function optionsOf(id: Exclude<ChoiceId, 'walletField'>, present: string, language: string, codingName: (coding: Coding) => string = String): { value: string; label: string }[] {
  if (id === 'rfmCoding') return codings.map((value) => ({ value, label: codingName(value) }));
  if (id === 'language') return [{ value: 'ko', label: '한국어' }, { value: 'en', label: 'English' }];
  if (id === 'scoreModel') return models.map((value) => ({ value, label: modelNames[value] ?? value }));
  const codes = codesOf(id);
  const all = codes.includes(present) ? codes : [present, ...codes];
  if (id === 'timeZone') return all.map((value) => ({ value, label: value.replaceAll('_', ' ') }));
  const names = new Intl.DisplayNames([language], { type: id === 'country' ? 'region' : 'currency' });
  return all.map((value) => ({ value, label: `${names.of(value) ?? value} (${value})` }));
}
