import { Button, Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './CodeField.module.css';
import type { Variable } from './queries';

/** The same variables for those who do not know that two braces offer them. */
export function VariableMenu({ variables, onPick }: { variables: readonly Variable[]; onPick: (path: string) => void }) {
  const { t } = useTranslation();
  return (
    <Menu returnFocus={false}>
      <Menu.Target><Button variant="subtle" color="gray" size="compact-sm">{t('templates.variables.insert')}</Button></Menu.Target>
      <Menu.Dropdown className={classes.menu}>
        {variables.map(({ path, label }) => <Menu.Item key={path} onClick={() => onPick(path)} rightSection={<code className={classes.path}>{path}</code>}>{label}</Menu.Item>)}
      </Menu.Dropdown>
    </Menu>
  );
}
