import { lazy, Suspense } from 'react';
import { useFrame } from './useFrame';

// Each opens on demand: none of this is in the first load.
const Palette = lazy(() => import('./Palette'));
const Shortcuts = lazy(() => import('./Shortcuts'));
const JobsDrawer = lazy(() => import('@/features/jobs/JobsDrawer'));

export function Overlays() {
  const { opened, show } = useFrame();
  const close = () => show(undefined);
  return (
    <Suspense fallback={null}>
      {opened === 'palette' ? <Palette onClose={close} /> : null}
      {opened === 'help' ? <Shortcuts onClose={close} /> : null}
      {opened === 'jobs' ? <JobsDrawer onClose={close} /> : null}
    </Suspense>
  );
}
