import { arity, customPrefix, isComplete, type FieldLeaf, type Group, type OrdersLeaf, type RuleNode, type TypeOf } from '@/ui/rule/rule';

type Json = Record<string, unknown>;

/** The rule as the API takes it. What is not complete is left out, so that counting goes on while a rule is being typed. */
export function writeRule(root: Group, typeOf: TypeOf): Json {
  return root.children.some(isComplete) ? writeNode(root, typeOf) : { all: [] };
}

export function writeNode(node: RuleNode, typeOf: TypeOf): Json {
  switch (node.kind) {
    case 'group': return writeGroup(node, typeOf);
    case 'field': return writeField(node, typeOf);
    case 'orders': return { orders: writeOrders(node, typeOf) };
    case 'response': return { response: { campaignId: node.campaignId, kind: node.response } };
    case 'segment': return { segment: node.segmentId };
    case 'other': return node.rule as Json;
  }
}

function writeGroup({ join, children }: Group, typeOf: TypeOf): Json {
  const rules = children.filter(isComplete).map((child) => writeNode(child, typeOf));
  return join === 'none' ? { not: { any: rules } } : { [join]: rules };
}

function writeField({ path, op, values, currency }: FieldLeaf, typeOf: TypeOf): Json {
  const wanted = arity(op);
  if (wanted === 0) return { field: path, op };
  const given = values.map((value) => value.trim()).filter((value) => value !== '').map((value) => writeValue(value, op, typeOf(path), currency));
  return { field: path, op, value: wanted === 1 ? given[0] : given.slice(0, wanted ?? given.length) };
}

const inOrder = new Set(['gt', 'gte', 'lt', 'lte', 'between']);

function writeValue(value: string, op: string, type: ReturnType<TypeOf>, currency: string | undefined): unknown {
  if (type === 'bool') return value === 'true';
  if (type === 'money' && currency) return { amount: value, currency };
  // A custom field that is compared in order holds numbers, unless the value is a day.
  if (type === 'number' || (type === 'dynamic' && inOrder.has(op) && /^-?\d+(\.\d+)?$/.test(value))) return Number(value);
  return value;
}

function writeOrders({ sum, op, values, currency, inLast, where }: OrdersLeaf, typeOf: TypeOf): Json {
  const given = values.slice(0, arity(op)).map((value) => (sum && currency ? { amount: value.trim(), currency } : Number(value)));
  return {
    [sum ? 'sum' : 'count']: [op, ...given],
    ...(inLast ? { inLast } : {}),
    ...(where.children.some(isComplete) ? { where: writeNode(where, typeOf) } : {}),
  };
}

/** Where each node stands in the written rule, by its JSON pointer, as the API names it when it explains. */
export function pointersOf(root: Group): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const walk = (node: RuleNode, at: string) => {
    found.set(at, node.id);
    if (node.kind !== 'group') return;
    const list = node.join === 'none' ? `${at}/not/any` : `${at}/${node.join}`;
    node.children.filter(isComplete).forEach((child, i) => walk(child, `${list}/${i}`));
  };
  walk(root, '');
  return found;
}

export interface Step { id: string; /** This part alone, to be said in words. */ part: Json; /** This part and those before it. */ rule: Json }

/** The rules of the first one, two, three ... parts: how each narrows the crowd. */
export function prefixesOf(root: Group, typeOf: TypeOf): Step[] {
  const parts = root.children.filter(isComplete);
  return parts.map((part, i) => ({ id: part.id, part: writeNode(part, typeOf), rule: writeRule({ ...root, children: parts.slice(0, i + 1) }, typeOf) }));
}

export const keyOfCustom = (path: string): string | undefined => (path.startsWith(customPrefix) ? path.slice(customPrefix.length) : undefined);
