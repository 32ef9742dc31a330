import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { isComplete, type Leaf, type RuleNode } from '@/ui/rule/rule';
import classes from './Builder.module.css';
import { FieldSentence } from './FieldSentence';
import { GroupCard } from './GroupCard';
import { NodeTools } from './NodeTools';
import { OrdersSentence } from './OrdersSentence';
import { ResponseSentence } from './ResponseSentence';
import { SegmentSentence } from './SegmentSentence';
import { useBuilder } from './useBuilder';

/** One condition as a sentence with its tools, or a card inside the card. */
export function RuleNodeView({ node, scope }: { node: RuleNode; scope: 'customer' | 'order' }) {
  const { focusId, focus } = useBuilder();
  const place = useRef<HTMLDivElement>(null);
  const wanted = focusId === node.id;
  useEffect(() => {
    if (!wanted) return;
    place.current?.querySelector<HTMLElement>('select, input, button')?.focus();
    focus(undefined);
  }, [wanted, focus]);
  return <div ref={place}>{node.kind === 'group' ? <GroupCard group={node} scope={scope} /> : <Sentence leaf={node} scope={scope} />}</div>;
}

function Sentence({ leaf, scope }: { leaf: Leaf; scope: 'customer' | 'order' }) {
  const { t } = useTranslation();
  const { excluding, strict } = useBuilder();
  const open = !isComplete(leaf);
  return (
    <div className={classes.leaf} data-excluding={excluding.has(leaf.id) || undefined}>
      <div className={classes.sentence}>
        {leaf.kind === 'field' ? <FieldSentence leaf={leaf} scope={scope} /> : null}
        {leaf.kind === 'orders' ? <OrdersSentence leaf={leaf} /> : null}
        {leaf.kind === 'response' ? <ResponseSentence leaf={leaf} /> : null}
        {leaf.kind === 'segment' ? <SegmentSentence leaf={leaf} /> : null}
        {leaf.kind === 'other' ? <span>{t('segments.builder.other')}</span> : null}
      </div>
      <NodeTools node={leaf} />
      {excluding.has(leaf.id) ? <p className={classes.note} data-tone="bad">{t('segments.builder.excluding')}</p> : null}
      {open ? <p className={classes.note} data-tone={strict ? 'bad' : undefined}>{t('segments.builder.open')}</p> : null}
    </div>
  );
}
