import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '@/ui/useLanguage';
import { useSegmentNames } from '../queries';
import type { SegmentLeaf } from '@/ui/rule/rule';
import classes from './Builder.module.css';
import { useBuilder } from './useBuilder';

export function SegmentSentence({ leaf }: { leaf: SegmentLeaf }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { set, selfId } = useBuilder();
  const others = (useSegmentNames().data ?? []).filter(({ id }) => id !== selfId);
  const words = <span key="words">{t('segments.builder.inSegment')}</span>;
  const segment = (
    <NativeSelect key="segment" variant="unstyled" aria-label={t('segments.builder.segment')} className={classes.word} value={leaf.segmentId} onChange={({ currentTarget }) => set({ ...leaf, segmentId: currentTarget.value })}
      data={[{ value: '', label: t('segments.builder.chooseSegment') }, ...others.map(({ id, name }) => ({ value: id, label: name }))]} />
  );
  return language === 'ko' ? [segment, words] : [words, segment];
}
