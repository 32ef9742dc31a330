import { ActionIcon, Portal } from '@mantine/core';
import { useEffect, useId, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconBack, IconClose, IconDown, IconUp } from './icons';
import { panelOutlet } from './panelOutlet';
import classes from './SidePanel.module.css';
import { useIsPhone } from './useIsPhone';

interface Props {
  title: ReactNode; children: ReactNode; onClose: () => void;
  /** Absent at the ends of the list. */
  onPrevious?: () => void; onNext?: () => void;
  /** Buttons at the right of the header. */
  tools?: ReactNode;
  /** Changes when another record is shown: focus returns to the top. */
  recordId: string;
}

export function SidePanel({ title, children, onClose, onPrevious, onNext, tools, recordId }: Props) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const heading = useId();
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // A list steered by the keyboard keeps its focus; on a phone the panel is a page and takes it.
    if (phone) head.current?.focus();
  }, [phone, recordId]);
  return (
    <Portal target={document.getElementById(panelOutlet) ?? document.body}>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Esc anywhere inside closes; the button says the same */}
      <aside
        className={classes.root} aria-labelledby={heading}
        onKeyDown={(event) => { if (event.key === 'Escape' && !event.defaultPrevented) onClose(); }}
      >
        <header className={classes.head}>
          {phone ? <ActionIcon aria-label={t('ui.panel.back')} onClick={onClose}><IconBack size={20} /></ActionIcon> : null}
          <h2 id={heading} ref={head} tabIndex={-1} className={classes.title}>{title}</h2>
          {tools}
          <ActionIcon aria-label={t('ui.panel.previous')} disabled={!onPrevious} onClick={onPrevious}><IconUp size={18} /></ActionIcon>
          <ActionIcon aria-label={t('ui.panel.next')} disabled={!onNext} onClick={onNext}><IconDown size={18} /></ActionIcon>
          {phone ? null : <ActionIcon aria-label={t('ui.close')} onClick={onClose}><IconClose size={18} /></ActionIcon>}
        </header>
        <div className={classes.body} key={recordId}>{children}</div>
      </aside>
    </Portal>
  );
}
