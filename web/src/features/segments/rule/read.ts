import { emptyGroup, newId, type Group, type Op, type RuleNode } from '@/ui/rule/rule';

type Json = Record<string, unknown>;
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '');

/** A saved rule as the builder edits it; a single condition stands in a group of one. */
export function readRule(rule: unknown): Group {
  const node = readNode(rule);
  return node.kind === 'group' ? node : emptyGroup('all', [node]);
}

function readNode(rule: unknown): RuleNode {
  if (!isJson(rule)) return { id: newId(), kind: 'other', rule };
  if (Array.isArray(rule.all)) return emptyGroup('all', rule.all.map(readNode));
  if (Array.isArray(rule.any)) return emptyGroup('any', rule.any.map(readNode));
  if ('not' in rule) return readNot(rule.not);
  return readLeaf(rule) ?? { id: newId(), kind: 'other', rule };
}

/** `not any` is "none of these"; any other `not` is a group of one that must not hold. */
function readNot(inner: unknown): Group {
  const node = readNode(inner);
  return node.kind === 'group' && node.join === 'any' ? { ...node, join: 'none' } : emptyGroup('none', [node]);
}

function readLeaf(rule: Json): RuleNode | undefined {
  const id = newId();
  if (typeof rule.field === 'string') return { id, kind: 'field', path: rule.field, op: rule.op as Op, ...readValues(rule.value) };
  if (typeof rule.segment === 'string') return { id, kind: 'segment', segmentId: rule.segment };
  if (isJson(rule.response)) return { id, kind: 'response', campaignId: text(rule.response.campaignId), response: text(rule.response.kind) };
  if (isJson(rule.orders)) return readOrders(id, rule.orders);
  return undefined;
}

function readOrders(id: string, orders: Json): RuleNode | undefined {
  const sum = 'sum' in orders;
  const measure = sum ? orders.sum : orders.count;
  if (!Array.isArray(measure)) return undefined;
  const [op, ...values] = measure as unknown[];
  const where = orders.where === undefined ? emptyGroup() : readRule(orders.where);
  return { id, kind: 'orders', sum, op: op as Op, ...readValues(values.flat()), inLast: text(orders.inLast), where };
}

function readValues(value: unknown): { values: string[]; currency?: string } {
  const list: unknown[] = value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
  const money = list.find(isJson);
  const values = list.map((each) => (isJson(each) ? text(each.amount) : text(each)));
  return money ? { values, currency: text(money.currency) } : { values };
}
