import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Group, Join } from '@/ui/rule/rule';
import { AddRule } from './AddRule';
import classes from './Builder.module.css';
import { NodeTools } from './NodeTools';
import { RuleNodeView } from './RuleNodeView';
import { useBuilder } from './useBuilder';

const joins: readonly Join[] = ['all', 'any', 'none'];

/** A card of conditions; its first line says how they belong together. */
export function GroupCard({ group, scope, outermost = false }: { group: Group; /** What the conditions are about. */ scope: 'customer' | 'order'; outermost?: boolean }) {
  const { t } = useTranslation();
  const { set, excluding } = useBuilder();
  return (
    <div className={classes.group} role="group" aria-label={t(`segments.join.${group.join}`)} data-outermost={outermost || undefined} data-excluding={excluding.has(group.id) || undefined}>
      <div className={classes.groupHead}>
        <NativeSelect data-node={group.id} className={classes.join} variant="unstyled" aria-label={t('segments.builder.join')} value={group.join}
          data={joins.map((join) => ({ value: join, label: t(`segments.join.${join}`) }))}
          onChange={({ currentTarget }) => set({ ...group, join: currentTarget.value as Join })} />
        {outermost ? null : <NodeTools node={group} />}
      </div>
      {group.children.length === 0 ? <p className={classes.nothing}>{outermost ? t('segments.builder.everybody') : t('segments.builder.nothing')}</p> : (
        <ul className={classes.children}>
          {group.children.map((child, i) => (
            <li key={child.id} className={classes.child}>
              <span className={classes.joint}>{i > 0 ? t(`segments.joint.${group.join}`) : null}</span>
              <RuleNodeView node={child} scope={scope} />
            </li>
          ))}
        </ul>
      )}
      <AddRule groupId={group.id} scope={scope} />
    </div>
  );
}
