import { Modal } from '@mantine/core';
import { useId, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { IconSearch } from '@/ui/icons';
import { KeyCap } from '@/ui/KeyCap';
import classes from './Palette.module.css';
import { usePaletteHits, type PaletteHit } from './usePaletteHits';

/** Search and commands in one box: a combobox whose list is steered from the field. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const base = useId();
  const list = useRef<HTMLDivElement>(null);
  const [text, setText] = useState('');
  const [cursor, setCursor] = useState(0);
  const { sections, searching, failed } = usePaletteHits(text);
  const flat = sections.flatMap(({ hits }) => hits);
  const at = Math.min(cursor, flat.length - 1);
  const optionId = (hit: PaletteHit) => `${base}-${hit.id}`;
  const current = flat[at];

  const run = (hit: PaletteHit | undefined) => {
    if (!hit) return;
    onClose();
    hit.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter ends a Korean syllable in an input method; only the next one chooses.
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && flat.length > 0) {
      event.preventDefault();
      const next = (at + step + flat.length) % flat.length;
      setCursor(next);
      list.current?.querySelector(`[data-hit="${next}"]`)?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter') {
      event.preventDefault();
      run(current);
    }
  };

  return (
    <Modal.Root opened onClose={onClose} size="lg" yOffset="12vh" centered={false}>
      <Modal.Overlay />
      <Modal.Content aria-label={t('frame.search.open')}>
        <div className={classes.field}>
          <IconSearch size={18} aria-hidden />
          <input data-autofocus role="combobox" aria-expanded aria-controls={`${base}-list`} aria-activedescendant={current ? optionId(current) : undefined} aria-autocomplete="list" aria-label={t('frame.search.field')}
            placeholder={t('frame.search.field')} value={text} onChange={(event) => { setText(event.currentTarget.value); setCursor(0); }} onKeyDown={onKeyDown} autoComplete="off" spellCheck={false} />
        </div>
        <div ref={list} id={`${base}-list`} role="listbox" aria-label={t('frame.search.results')} aria-busy={searching} className={classes.list}>
          {sections.map((section) => (
            <div key={section.id} role="group" aria-labelledby={`${base}-${section.id}-title`}>
              <div id={`${base}-${section.id}-title`} className={classes.heading}>{section.title}</div>
              {section.hits.map((hit) => {
                const here = flat.indexOf(hit);
                return <Option key={hit.id} id={optionId(hit)} hit={hit} index={here} selected={here === at} onPoint={() => setCursor(here)} onRun={() => run(hit)} />;
              })}
            </div>
          ))}
        </div>
        <p className={classes.foot} role="status">
          {failed ? t('frame.search.failed') : flat.length === 0 && !searching ? t('frame.search.none', { q: text.trim() }) : t('frame.search.hint')}
        </p>
      </Modal.Content>
    </Modal.Root>
  );
}

interface OptionProps { id: string; hit: PaletteHit; index: number; selected: boolean; onPoint: () => void; onRun: () => void }

function Option({ id, hit, index, selected, onPoint, onRun }: OptionProps) {
  const HitIcon = hit.icon;
  return (
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the combobox field steers the list
    <div id={id} role="option" aria-selected={selected} data-hit={index} className={classes.option} onPointerMove={onPoint} onClick={onRun}>
      {HitIcon ? <HitIcon size={16} aria-hidden /> : null}
      <span className={classes.title}>{hit.title}</span>
      {hit.detail ? <span className={classes.detail}>{hit.detail}</span> : null}
      {hit.keys ? <KeyCap keys={hit.keys} /> : null}
    </div>
  );
}
