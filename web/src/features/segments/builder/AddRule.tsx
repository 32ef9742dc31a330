import { Button, Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { IconPlus } from '@/ui/icons';
import { startField } from '@/ui/rule/fields';
import { emptyGroup, newId, type RuleNode } from '@/ui/rule/rule';
import { add } from '../rule/tree';
import { useBuilder, type Builder } from './useBuilder';

type Kind = 'profile' | 'orders' | 'spent' | 'scores' | 'consents' | 'tags' | 'response' | 'segment' | 'group';
const kinds: readonly Kind[] = ['profile', 'orders', 'spent', 'scores', 'consents', 'tags', 'response', 'segment', 'group'];

function start(kind: Kind, fieldAt: Builder['fieldAt']): RuleNode {
  const field = (path: string) => startField(fieldAt(path));
  const id = newId();
  switch (kind) {
    case 'profile': return field('customer.address.region');
    case 'scores': return field('score.rfm.r');
    case 'consents': return field('customer.consents.email.marketing');
    case 'tags': return field('customer.tags');
    case 'orders': return { id, kind: 'orders', sum: false, op: 'gte', values: ['1'], inLast: 'P90D', where: emptyGroup() };
    case 'spent': return { id, kind: 'orders', sum: true, op: 'gte', values: [], inLast: '', where: emptyGroup() };
    case 'response': return { id, kind: 'response', campaignId: '', response: 'clicked' };
    case 'segment': return { id, kind: 'segment', segmentId: '' };
    case 'group': return emptyGroup('any');
  }
}

export function AddRule({ groupId, scope }: { groupId: string; scope: 'customer' | 'order' }) {
  const { t } = useTranslation();
  const { edit, focus, fieldAt } = useBuilder();
  const put = (node: RuleNode) => { edit((root) => add(root, groupId, node)); focus(node.id); };
  if (scope === 'order') {
    return <Button size="compact-sm" variant="subtle" color="gray" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => put(startField(fieldAt('order.product')))}>{t('segments.builder.addOrder')}</Button>;
  }
  return (
    <Menu position="bottom-start" returnFocus={false}>
      <Menu.Target><Button size="compact-sm" variant="default" leftSection={<IconPlus size={14} aria-hidden />}>{t('segments.builder.add')}</Button></Menu.Target>
      <Menu.Dropdown>
        {kinds.map((kind) => <Menu.Item key={kind} onClick={() => put(start(kind, fieldAt))}>{t(`segments.add.${kind}`)}</Menu.Item>)}
      </Menu.Dropdown>
    </Menu>
  );
}
