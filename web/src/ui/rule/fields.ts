import { customPrefix, newId, type FieldLeaf, type FieldType, type Op, type TypeOf } from './rule';

interface Info { path: string; type: string; ko: string; en: string; ops: string[] | null }

/** The conditions of one order; the API takes them in "where" and offers no list of them yet. */
export const orderFields: readonly Info[] = [
  { path: 'order.product', type: 'tags', ko: '상품', en: 'Product', ops: ['contains', 'eq', 'ne', 'in'] },
  { path: 'order.total', type: 'money', ko: '주문 금액', en: 'Order total', ops: ['gte', 'gt', 'lte', 'lt', 'between', 'eq'] },
  { path: 'order.channel', type: 'text', ko: '주문 채널', en: 'Order channel', ops: ['eq', 'ne', 'in', 'contains', 'isEmpty', 'isNotEmpty'] },
  { path: 'order.orderedAt', type: 'date', ko: '주문일', en: 'Order date', ops: ['after', 'before', 'between', 'inLast'] },
];

export const typeIn = (infos: readonly Info[]): TypeOf => {
  const known = new Map([...infos, ...orderFields].map(({ path, type }) => [path, type as FieldType]));
  return (path) => known.get(path) ?? (path.startsWith(customPrefix) ? 'dynamic' : 'text');
};

/** Which values a field can have at all, by the keys of their words. */
export const choices: Record<string, readonly string[]> = { 'customer.kind': ['consumer', 'business', 'channel', 'internal'], 'customer.gender': ['female', 'male', 'other'] };
export const choicesOf = (path: string): readonly string[] | undefined => (path.startsWith('customer.consents.') ? ['granted', 'withdrawn'] : choices[path]);

/** Shares between 0 and 1 that people read as percent. */
const shares = new Set(['score.revenueContribution.share', 'score.revenueContribution.rankShare', 'score.profitContribution.share', 'score.profitContribution.rankShare', 'score.shareOfWallet.share', 'score.responses.email', 'score.pAlive', 'score.churn']);
export const isShare = (path: string): boolean => shares.has(path);

export type FieldGroup = 'order' | 'profile' | 'address' | 'scores' | 'consents' | 'custom';
export function groupOf(path: string): FieldGroup {
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
export function opsOf(path: string, type: FieldType, now: Op): readonly Op[] {
  const own = orderFields.find((field) => field.path === path)?.ops as readonly Op[] | undefined;
  const offered = own ?? (choicesOf(path) ? chosen : every[type]);
  return offered.includes(now) ? offered : [...offered, now];
}

/** A condition to begin with: the field's most asked operator and nothing filled in. */
export function startField(path: string, type: FieldType): FieldLeaf {
  const op = opsOf(path, type, 'isEmpty')[0] ?? 'eq';
  const first = choicesOf(path)?.[0] ?? (type === 'bool' ? 'true' : '');
  return { id: newId(), kind: 'field', path, op, values: op === 'inLast' ? ['P90D'] : first ? [first] : [] };
}
