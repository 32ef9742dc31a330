import type { CustomField } from '../custom/custom';
import { arity, customPrefix, newId, type FieldLeaf, type FieldType, type Op } from './rule';

/** A field as the API lists it. */
export interface Info { path: string; type: string; ko: string; en: string; ops: string[] | null; choices?: CustomField['choices']; currency?: string }

/** A field as a condition asks for it: what it holds, what that can be, and the currency that amounts begin with. */
export interface RuleField { path: string; type: FieldType; choices?: CustomField['choices']; currency?: string | undefined }
export type FieldAt = (path: string) => RuleField;

/** The conditions of one order; the API takes them in "where" and offers no list of them yet. */
export const orderFields: readonly Info[] = [
  { path: 'order.product', type: 'tags', ko: '상품', en: 'Product', ops: ['contains', 'eq', 'ne', 'in'] },
  { path: 'order.total', type: 'money', ko: '주문 금액', en: 'Order total', ops: ['gte', 'gt', 'lte', 'lt', 'between', 'eq'] },
  { path: 'order.channel', type: 'text', ko: '주문 채널', en: 'Order channel', ops: ['eq', 'ne', 'in', 'contains', 'isEmpty', 'isNotEmpty'] },
  { path: 'order.orderedAt', type: 'date', ko: '주문일', en: 'Order date', ops: ['after', 'before', 'between', 'inLast'] },
];

/** A custom field that nobody defined is dynamic: the value says how it is compared. */
export const freeField = (path: string): RuleField => ({ path, type: path.startsWith(customPrefix) ? 'dynamic' : 'text' });

export const fieldIn = (infos: readonly Info[]): FieldAt => {
  const known = new Map([...infos, ...orderFields].map(({ path, type, choices, currency }) => [path, { path, type: type as FieldType, choices, currency }]));
  return (path) => known.get(path) ?? freeField(path);
};

/** Which values a field of every workspace can have at all, by the keys of their words. */
const codes: Record<string, readonly string[]> = {
  'customer.kind': ['consumer', 'business', 'channel', 'internal'], 'customer.gender': ['female', 'male', 'other'], 'lead.status': ['new', 'working', 'qualified', 'converted', 'lost'],
  'campaign.status': ['draft', 'planning', 'sending', 'paused', 'stopped', 'sent', 'canceled'], 'campaign.type': ['target', 'open', 'recurring', 'triggered', 'multiStage'],
  'campaign.channel': ['email', 'sms', 'call', 'letter', 'fax', 'web', 'task', 'webhook'],
};
export const codesOf = (path: string): readonly string[] | undefined => (path.startsWith('customer.consents.') ? ['granted', 'withdrawn'] : codes[path]);

/** What can be asked for of a field whose values are few; undefined when they are not. */
const offeredOf = ({ path, choices }: RuleField): readonly string[] | undefined => choices?.filter(({ archived }) => !archived).map(({ key }) => key) ?? codesOf(path);

/** Shares between 0 and 1 that people read as percent. */
const shares = new Set(['score.revenueContribution.share', 'score.revenueContribution.rankShare', 'score.profitContribution.share', 'score.profitContribution.rankShare', 'score.shareOfWallet.share', 'score.responses.email', 'score.pAlive', 'score.churn']);
export const isShare = (path: string): boolean => shares.has(path);

export type FieldGroup = 'campaign' | 'lead' | 'order' | 'profile' | 'address' | 'scores' | 'consents' | 'custom';
export function groupOf(path: string): FieldGroup {
  if (path.startsWith('campaign.')) return 'campaign';
  if (path.startsWith('lead.')) return 'lead';
  if (path.startsWith('order.')) return 'order';
  if (path.startsWith(customPrefix)) return 'custom';
  if (path.startsWith('score.')) return 'scores';
  if (path.startsWith('customer.consents.')) return 'consents';
  return path.startsWith('customer.address.') ? 'address' : 'profile';
}

const every: Record<FieldType, readonly Op[]> = {
  text: ['eq', 'ne', 'in', 'contains', 'startsWith', 'isEmpty', 'isNotEmpty'],
  number: ['gte', 'lte', 'gt', 'lt', 'eq', 'ne', 'between', 'isEmpty', 'isNotEmpty'],
  money: ['gte', 'lte', 'gt', 'lt', 'eq', 'ne', 'between', 'isEmpty', 'isNotEmpty'],
  date: ['inLast', 'after', 'before', 'between', 'eq', 'isEmpty', 'isNotEmpty'],
  bool: ['eq', 'isEmpty', 'isNotEmpty'],
  tags: ['eq', 'ne', 'in', 'isEmpty', 'isNotEmpty'],
  dynamic: ['eq', 'ne', 'in', 'contains', 'startsWith', 'gt', 'gte', 'lt', 'lte', 'between', 'before', 'after', 'inLast', 'isEmpty', 'isNotEmpty'],
};
const chosen: readonly Op[] = ['eq', 'ne', 'in', 'isEmpty', 'isNotEmpty'];

/** The operators worth offering: what the API takes, in the order people need them, and the one that is already there. */
export function opsOf(field: RuleField, now: Op): readonly Op[] {
  const own = orderFields.find(({ path }) => path === field.path)?.ops as readonly Op[] | undefined;
  const offered = own ?? (offeredOf(field) ? chosen : every[field.type]);
  return offered.includes(now) ? offered : [...offered, now];
}

/** What an operator begins with: a menu shows its first choice, so that one is asked for. */
function startValues(field: RuleField, op: Op): string[] {
  if (op === 'inLast') return ['P90D'];
  const first = field.type === 'bool' ? 'true' : offeredOf(field)?.[0];
  return first !== undefined && arity(op) === 1 ? [first] : [];
}

/** A condition to begin with: the field's most asked operator and nothing filled in. Amounts are in the currency of their field. */
export function startField(field: RuleField): FieldLeaf {
  const op = opsOf(field, 'isEmpty')[0] ?? 'eq';
  return { id: newId(), kind: 'field', path: field.path, op, values: startValues(field, op), ...(field.currency ? { currency: field.currency } : {}) };
}

/** The condition with another operator: values that it can take too stay. */
export function withOp(leaf: FieldLeaf, op: Op, field: RuleField): FieldLeaf {
  const kept = leaf.op === 'inLast' || op === 'inLast' || arity(op) === 0 ? [] : leaf.values;
  return { ...leaf, op, values: kept.length > 0 ? kept : startValues(field, op) };
}
