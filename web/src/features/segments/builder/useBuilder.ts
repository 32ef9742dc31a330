import { createContext, useContext, useMemo, useState } from 'react';
import type { FieldInfo } from '../queries';
import { fieldIn, type FieldAt } from '@/ui/rule/fields';
import type { Group, RuleNode, TypeOf } from '@/ui/rule/rule';
import { change } from '../rule/tree';

export interface Builder {
  root: Group;
  infos: readonly FieldInfo[];
  fieldAt: FieldAt;
  typeOf: TypeOf;
  edit: (to: (root: Group) => Group) => void;
  /** Replaces one node. */
  set: (node: RuleNode) => void;
  /** The node that takes the focus once it is drawn. */
  focusId: string | undefined;
  focus: (id: string | undefined) => void;
  /** Conditions that keep the looked-up person out. */
  excluding: ReadonlySet<string>;
  /** Unfinished conditions are marked once saving was tried. */
  strict: boolean;
  /** The segment being edited; it cannot be asked for in its own rule. */
  selfId: string | undefined;
}

export const BuilderContext = createContext<Builder | undefined>(undefined);

export function useBuilder(): Builder {
  const builder = useContext(BuilderContext);
  if (!builder) throw new Error('a rule is edited inside a BuilderContext');
  return builder;
}

/** The rule that is being edited, as the page holds it. */
export function useRuleState(first: Group, infos: readonly FieldInfo[]) {
  const [root, setRoot] = useState(first);
  const [focusId, focus] = useState<string>();
  const fieldAt = useMemo(() => fieldIn(infos), [infos]);
  const typeOf = useMemo((): TypeOf => (path) => fieldAt(path).type, [fieldAt]);
  const edit = setRoot as Builder['edit'];
  const set = (node: RuleNode) => setRoot((current) => change(current, node.id, () => node));
  return { root, infos, fieldAt, typeOf, edit, set, focusId, focus };
}
