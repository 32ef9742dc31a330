import { ActionIcon, Menu } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../ConfirmDialog';
import { IconMore } from '../icons';
import { ViewTabs } from '../ViewTabs';
import classes from './List.module.css';
import { SaveView } from './SaveView';

export interface ListView { id: string; name: string; shared?: boolean }

interface Props<V extends ListView> {
  views: readonly V[]; open: string; /** What the tab without a view is called. */ all: string;
  /** Keeps the list as it is now under a name, in the place of the view that is named. */
  onSave: (id: string | undefined, name: string, shared: boolean) => Promise<V>;
  onRemove: (id: string) => Promise<unknown>;
  onOpen: (view: V | undefined) => void;
}

/** Saved views as tabs, and what one can do with the list as it is: keep it as a new view, put it in the place of the open one, throw that away. */
export function Views<V extends ListView>({ views, open, all, onSave, onRemove, onOpen }: Props<V>) {
  const { t } = useTranslation();
  const [doing, setDoing] = useState<'save' | 'rename' | 'remove'>();
  const current = views.find(({ id }) => id === open);
  const put = async (id: string | undefined, name: string, shared: boolean) => {
    onOpen(await onSave(id, name, shared));
  };
  return (
    <div className={classes.views}>
      <ViewTabs label={t('customers.views.label')} value={current?.id ?? ''} views={[{ id: '', name: all }, ...views]} onChange={(id) => onOpen(views.find((each) => each.id === id))} />
      <Menu position="bottom-end">
        <Menu.Target><ActionIcon aria-label={t('customers.views.tools')}><IconMore size={18} /></ActionIcon></Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setDoing('save')}>{t('customers.views.save')}</Menu.Item>
          {current ? <Menu.Item onClick={() => setDoing('rename')}>{t('customers.views.change', { name: current.name })}</Menu.Item> : null}
          {current ? <Menu.Item color="red" onClick={() => setDoing('remove')}>{t('customers.views.remove', { name: current.name })}</Menu.Item> : null}
        </Menu.Dropdown>
      </Menu>
      {doing === 'save' ? <SaveView onSave={(name, shared) => put(undefined, name, shared)} onClose={() => setDoing(undefined)} /> : null}
      {doing === 'rename' && current ? <SaveView first={current} onSave={(name, shared) => put(current.id, name, shared)} onClose={() => setDoing(undefined)} /> : null}
      {current ? (
        <ConfirmDialog opened={doing === 'remove'} title={t('customers.views.removeTitle', { name: current.name })} confirm={t('customers.views.removeIt')} danger
          onConfirm={async () => { await onRemove(current.id); onOpen(undefined); }} onClose={() => setDoing(undefined)}>{t('customers.views.removeWhy')}</ConfirmDialog>
      ) : null}
    </div>
  );
}
