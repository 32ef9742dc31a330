import { ActionIcon, Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { IconClose, IconMore } from '@/ui/icons';
import type { RuleNode } from '@/ui/rule/rule';
import { duplicate, move, remove, wrap } from '../rule/tree';
import classes from './Builder.module.css';
import { useBuilder } from './useBuilder';

/** Moving, doubling, grouping and removing, all by keyboard too. */
export function NodeTools({ node }: { node: RuleNode }) {
  const { t } = useTranslation();
  const { edit, focus } = useBuilder();
  const step = (by: -1 | 1) => () => { edit((root) => move(root, node.id, by)); focus(node.id); };
  return (
    <div className={classes.tools}>
      <Menu returnFocus={false}>
        <Menu.Target><ActionIcon size="md" aria-label={t('segments.builder.tools')}><IconMore size={16} aria-hidden /></ActionIcon></Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={step(-1)}>{t('segments.builder.up')}</Menu.Item>
          <Menu.Item onClick={step(1)}>{t('segments.builder.down')}</Menu.Item>
          <Menu.Item onClick={() => { edit((root) => duplicate(root, node.id)); focus(node.id); }}>{t('segments.builder.duplicate')}</Menu.Item>
          {node.kind === 'group' ? null : <Menu.Item onClick={() => { edit((root) => wrap(root, node.id)); focus(node.id); }}>{t('segments.builder.wrap')}</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
      <ActionIcon size="md" aria-label={t('segments.builder.remove')} onClick={() => edit((root) => remove(root, node.id))}><IconClose size={16} aria-hidden /></ActionIcon>
    </div>
  );
}
