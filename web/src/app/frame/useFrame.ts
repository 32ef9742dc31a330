import { createContext, useContext } from 'react';

export type Opened = 'palette' | 'jobs' | 'help' | 'more' | undefined;
export interface FrameState { opened: Opened; show: (what: Opened) => void; folded: boolean; toggleFold: () => void }

export const FrameContext = createContext<FrameState>({ opened: undefined, show: () => undefined, folded: false, toggleFold: () => undefined });

/** What of the frame is open. Any page may show the jobs drawer after it started one: `useFrame().show('jobs')`. */
export const useFrame = (): FrameState => useContext(FrameContext);
