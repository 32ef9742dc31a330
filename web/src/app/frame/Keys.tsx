import { useHotkeys, useWindowEvent } from '@mantine/hooks';
import { useActions } from '../actions';

const typing = 'input, textarea, select, [contenteditable="true"]';

/** Binds every action that has a key. `?` and `/` sit on other keys in other layouts, so they are read by character. */
export function Keys() {
  const actions = useActions();
  useHotkeys(actions.flatMap(({ keys, run }) => (keys && keys.length > 1 ? [[keys, run] as [string, () => void]] : [])), []);
  useWindowEvent('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || (event.target instanceof Element && event.target.closest(typing))) return;
    const action = event.key === '/' ? actions.find(({ id }) => id === 'search') : actions.find(({ keys }) => keys === event.key);
    if (!action) return;
    event.preventDefault();
    action.run();
  });
  return null;
}
