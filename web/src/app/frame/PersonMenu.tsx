import { Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/features/session/queries';
import { IconCheck } from '@/ui/icons';
import { useActions, type Action } from '../actions';
import classes from './TopBar.module.css';

export function PersonMenu() {
  const { t } = useTranslation();
  const { data } = useMe();
  const actions = useActions();
  const name = data?.user?.email ?? '';
  const workspace = data?.workspace.company ?? '';
  const of = (group: Action['group']) => actions.filter((action) => action.group === group).map((action) => <Item key={action.id} action={action} />);
  return (
    <Menu width={240}>
      <Menu.Target>
        <button type="button" className={classes.person} aria-label={data ? t('frame.person', { name, workspace }) : t('frame.me')}>
          <span className={classes.initial} aria-hidden="true">{[...name][0]?.toUpperCase()}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.who}><p title={workspace}>{workspace}</p><p title={name}>{name}</p></div>
        <Menu.Divider />
        <Menu.Label>{t('ui.language')}</Menu.Label>
        {of('language')}
        <Menu.Label>{t('frame.scheme')}</Menu.Label>
        {of('scheme')}
        <Menu.Divider />
        {of('person')}
      </Menu.Dropdown>
    </Menu>
  );
}

function Item({ action }: { action: Action }) {
  const ActionIcon = action.icon;
  if (action.on !== undefined) return <Menu.RadioItem value={action.id} checked={action.on} onChange={action.run} closeMenuOnClick checkIcon={<IconCheck size={16} aria-hidden />}>{action.words}</Menu.RadioItem>;
  return <Menu.Item leftSection={<ActionIcon size={16} aria-hidden />} onClick={action.run}>{action.words}</Menu.Item>;
}
