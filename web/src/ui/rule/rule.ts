/** The rule as the builder edits it: groups and leaves with an identity of their own, values as typed. */
export type Join = 'all' | 'any' | 'none';
export type Op = 'eq' | 'ne' | 'in' | 'contains' | 'startsWith' | 'gt' | 'gte' | 'lt' | 'lte' | 'between' | 'before' | 'after' | 'inLast' | 'isEmpty' | 'isNotEmpty';
export type FieldType = 'text' | 'number' | 'money' | 'date' | 'bool' | 'tags' | 'dynamic';
export type TypeOf = (path: string) => FieldType;

export interface Group { id: string; kind: 'group'; join: Join; children: readonly RuleNode[] }
export interface FieldLeaf { id: string; kind: 'field'; path: string; op: Op; values: readonly string[]; currency?: string }
export interface OrdersLeaf { id: string; kind: 'orders'; sum: boolean; op: Op; values: readonly string[]; currency?: string; /** ISO period, '' is always. */ inLast: string; where: Group }
export interface ResponseLeaf { id: string; kind: 'response'; campaignId: string; response: string }
export interface SegmentLeaf { id: string; kind: 'segment'; segmentId: string }
/** What the builder has no form for (events through the API); kept word for word. */
export interface OtherLeaf { id: string; kind: 'other'; rule: unknown }
export type Leaf = FieldLeaf | OrdersLeaf | ResponseLeaf | SegmentLeaf | OtherLeaf;
export type RuleNode = Group | Leaf;

export const newId = (): string => crypto.randomUUID();
export const customPrefix = 'customer.custom.';

const needsNothing = new Set<Op>(['isEmpty', 'isNotEmpty']);

/** How many values an operator takes; undefined is any number of them. */
export function arity(op: Op): number | undefined {
  if (needsNothing.has(op)) return 0;
  if (op === 'in') return undefined;
  return op === 'between' ? 2 : 1;
}

function filled(op: Op, values: readonly string[]): boolean {
  const wanted = arity(op);
  const given = values.map((value) => value.trim()).filter((value) => value !== '').length;
  return wanted === undefined ? given > 0 : given >= wanted;
}

/** A leaf that still lacks a value counts nobody in or out; it waits. */
export function isComplete(node: RuleNode): boolean {
  switch (node.kind) {
    case 'group': return node.children.some(isComplete);
    case 'field': return node.path !== customPrefix && filled(node.op, node.values);
    case 'orders': return filled(node.op, node.values);
    case 'response': return node.campaignId !== '' && node.response !== '';
    case 'segment': return node.segmentId !== '';
    case 'other': return true;
  }
}

export function leavesOf(node: RuleNode): readonly Leaf[] {
  return node.kind === 'group' ? node.children.flatMap(leavesOf) : [node];
}

export const emptyGroup = (join: Join = 'all', children: readonly RuleNode[] = []): Group => ({ id: newId(), kind: 'group', join, children });
