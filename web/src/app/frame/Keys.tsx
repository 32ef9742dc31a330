import { useHotkeys } from '@mantine/hooks';
import { useActions } from '../actions';

/** Binds every action that has a key. `?` is Shift+/ on most layouts, so it is read by character. */
export function Keys() {
  const actions = useActions();
  useHotkeys(actions.filter((action) => action.keys && action.keys !== '?').map(({ keys = '', run }) => [keys, run]), []);
  const help = actions.find((action) => action.keys === '?');
  useHotkeys([['shift+?', () => help?.run()], ['/', () => actions.find(({ id }) => id === 'search')?.run()]]);
  return null;
}
