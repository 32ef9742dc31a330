import classes from './KeyCap.module.css';

const apple = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);

/** `mod+K` reads ⌘ K on a Mac, Ctrl K elsewhere. */
export function KeyCap({ keys }: { keys: string }) {
  return <kbd className={classes.root}>{keys.split('+').map((key) => (key === 'mod' ? (apple ? '⌘' : 'Ctrl') : key)).join(' ')}</kbd>;
}
