import { ActionIcon, Menu } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { IconMore } from '@/ui/icons';
import { ViewTabs } from '@/ui/ViewTabs';
import classes from './List.module.css';
import { useRemoveView, useSaveView, useViews, type View, type ViewFields } from './queries';
import { SaveView } from './SaveView';

interface Props { open: string; /** The list as it is now. */ now: Omit<ViewFields, 'name' | 'subject'>; onOpen: (view: View | undefined) => void }

/** Saved views as tabs, and what one can do with the list as it is: keep it as a new view, put it in the place of the open one, throw that away. */
export function Views({ open, now, onOpen }: Props) {
  const { t } = useTranslation();
  const views = useViews().data ?? [];
  const save = useSaveView();
  const remove = useRemoveView();
  const [doing, setDoing] = useState<'save' | 'rename' | 'remove'>();
  const current = views.find(({ id }) => id === open);
  const put = async (id: string | undefined, name: string, shared: boolean) => {
    const view = await save.mutateAsync({ ...(id === undefined ? {} : { id }), body: { ...now, subject: 'customers', name, shared } });
    onOpen(view);
  };
  return (
    <div className={classes.views}>
      <ViewTabs label={t('customers.views.label')} value={current?.id ?? ''} views={[{ id: '', name: t('customers.views.all') }, ...views]} onChange={(id) => onOpen(views.find((each) => each.id === id))} />
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
          onConfirm={async () => { await remove.mutateAsync(current.id); onOpen(undefined); }} onClose={() => setDoing(undefined)}>{t('customers.views.removeWhy')}</ConfirmDialog>
      ) : null}
    </div>
  );
}
