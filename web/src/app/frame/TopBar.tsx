import { ActionIcon, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { JobsButton } from '@/features/jobs/JobsButton';
import { IconHelp, IconSearch } from '@/ui/icons';
import { KeyCap } from '@/ui/KeyCap';
import { PersonMenu } from './PersonMenu';
import classes from './TopBar.module.css';
import { useFrame } from './useFrame';

export function TopBar({ phone }: { phone: boolean }) {
  const { t } = useTranslation();
  const { show } = useFrame();
  return (
    <header className={classes.root}>
      {phone ? <img src="/mark.svg" alt={t('session.brand')} className={classes.mark} /> : null}
      <button type="button" className={classes.search} aria-haspopup="dialog" aria-keyshortcuts="Control+K Meta+K" onClick={() => show('palette')}>
        <IconSearch size={16} aria-hidden /><span className={classes.words}>{phone ? t('frame.search.open') : t('frame.search.field')}</span>{phone ? null : <KeyCap keys="mod+K" />}
      </button>
      <div className={classes.tools}>
        <JobsButton onOpen={() => show('jobs')} />
        {phone ? null : <Tooltip label={t('frame.action.help')}><ActionIcon aria-label={t('frame.action.help')} onClick={() => show('help')}><IconHelp size={18} /></ActionIcon></Tooltip>}
        <PersonMenu />
      </div>
    </header>
  );
}
