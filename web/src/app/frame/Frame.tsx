import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet } from 'react-router';
import { SampleBar } from '@/features/sample/SampleBar';
import { panelOutlet } from '@/ui/panelOutlet';
import { useIsPhone } from '@/ui/useIsPhone';
import { usePreference } from '@/lib/usePreference';
import { BottomBar } from './BottomBar';
import classes from './Frame.module.css';
import { Keys } from './Keys';
import { Overlays } from './Overlays';
import { Rail } from './Rail';
import { RouteAnnouncer } from './RouteAnnouncer';
import { TopBar } from './TopBar';
import { FrameContext, type Opened } from './useFrame';
import { WorkspaceManners } from './WorkspaceManners';

/** Skip link, top bar, rail, page, panel: in this order for the keyboard. */
export default function Frame() {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const [opened, show] = useState<Opened>();
  const [fold, setFold] = usePreference('rail.folded', 'no');
  const folded = fold === 'yes';
  const state = useMemo(() => ({ opened, show, folded, toggleFold: () => setFold(folded ? 'no' : 'yes') }), [opened, folded, setFold]);

  return (
    <FrameContext value={state}>
      <WorkspaceManners>
        <div className={classes.root} data-folded={folded || undefined}>
          <a className={classes.skip} href="#main">{t('frame.skip')}</a>
          {phone ? null : <Rail />}
          <TopBar phone={phone} />
          <SampleBar />
          <main id="main" tabIndex={-1} className={classes.main}><Outlet /></main>
          <div id={panelOutlet} className={classes.panel} />
          {phone ? <BottomBar /> : null}
        </div>
        <Keys />
        <Overlays />
        <RouteAnnouncer />
      </WorkspaceManners>
    </FrameContext>
  );
}
