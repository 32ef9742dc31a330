import { emptyGroup, newId, type Group, type RuleNode } from '@/ui/rule/rule';

/** Changes of a rule; each returns a new tree and leaves the old one as it was. */
export function change(root: Group, id: string, to: (node: RuleNode) => RuleNode): Group {
  const visit = (node: RuleNode): RuleNode => {
    const is = node.id === id ? to(node) : node;
    if (is !== node) return is;
    if (is.kind === 'group') return { ...is, children: is.children.map(visit) };
    return is.kind === 'orders' ? { ...is, where: visit(is.where) as Group } : is;
  };
  return visit(root) as Group;
}

const withChildren = (children: (list: readonly RuleNode[]) => readonly RuleNode[]) =>
  (node: RuleNode): RuleNode => (node.kind === 'group' ? { ...node, children: children(node.children) } : node);

export function add(root: Group, groupId: string, node: RuleNode, at?: number): Group {
  return change(root, groupId, withChildren((list) => [...list.slice(0, at ?? list.length), node, ...list.slice(at ?? list.length)]));
}

export function parentOf(root: Group, id: string): Group | undefined {
  if (root.children.some((child) => child.id === id)) return root;
  for (const child of root.children) {
    const inner = child.kind === 'group' ? child : child.kind === 'orders' ? child.where : undefined;
    const found = inner && parentOf(inner, id);
    if (found) return found;
  }
  return undefined;
}

export function remove(root: Group, id: string): Group {
  const parent = parentOf(root, id);
  return parent ? change(root, parent.id, withChildren((list) => list.filter((child) => child.id !== id))) : root;
}

/** A step up or down as in an outline: past a neighbour, into a neighbouring group, or out of the own one. */
export function move(root: Group, id: string, by: -1 | 1): Group {
  const parent = parentOf(root, id);
  if (!parent) return root;
  const at = parent.children.findIndex((child) => child.id === id);
  const node = parent.children[at];
  const neighbour = parent.children[at + by];
  if (!node) return root;
  if (neighbour?.kind === 'group') return add(remove(root, id), neighbour.id, node, by < 0 ? neighbour.children.length : 0);
  if (neighbour) return add(remove(root, id), parent.id, node, at + by);
  const above = parentOf(root, parent.id);
  // The conditions of orders speak of another thing: nothing leaves them.
  if (!above) return root;
  const place = above.children.findIndex((child) => child.id === parent.id);
  return add(remove(root, id), above.id, node, by < 0 ? place : place + 1);
}

export function duplicate(root: Group, id: string): Group {
  const parent = parentOf(root, id);
  const at = parent?.children.findIndex((child) => child.id === id) ?? -1;
  const node = parent?.children[at];
  return parent && node ? add(root, parent.id, renewed(node), at + 1) : root;
}

function renewed(node: RuleNode): RuleNode {
  if (node.kind === 'group') return { ...node, id: newId(), children: node.children.map(renewed) };
  return node.kind === 'orders' ? { ...node, id: newId(), where: renewed(node.where) as Group } : { ...node, id: newId() };
}

/** Puts a node into a group of its own, to say "any of" about it and what will stand beside it. */
export function wrap(root: Group, id: string): Group {
  return change(root, id, (node) => emptyGroup('any', [node]));
}
