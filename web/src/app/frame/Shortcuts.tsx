import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { KeyCap } from '@/ui/KeyCap';
import { useActions } from '../actions';
import classes from './Shortcuts.module.css';

export default function Shortcuts({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const anywhere = useActions().flatMap(({ keys, words }) => (keys ? [{ keys, words }] : []));
  const list = [
    { keys: '↑ ↓', words: t('frame.keys.move') }, { keys: 'Enter', words: t('frame.keys.openRow') }, { keys: 'Space', words: t('frame.keys.selectRow') },
    { keys: 'Shift+↑ ↓', words: t('frame.keys.extend') }, { keys: 'E', words: t('frame.keys.edit') }, { keys: 'Esc', words: t('frame.keys.leave') },
  ];
  return (
    <Modal opened onClose={onClose} title={t('frame.keys.title')} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      {[{ title: t('frame.keys.anywhere'), keys: anywhere }, { title: t('frame.keys.list'), keys: list }].map((part) => (
        <section key={part.title} className={classes.part}>
          <h3>{part.title}</h3>
          <dl>{part.keys.map(({ keys, words }) => <div key={words} className={classes.line}><dt>{words}</dt><dd><KeyCap keys={keys} /></dd></div>)}</dl>
        </section>
      ))}
    </Modal>
  );
}
