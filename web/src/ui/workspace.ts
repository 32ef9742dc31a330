import { createContext, useContext } from 'react';

export interface WorkspaceManner { timeZone: string; currency: string }

/** How this workspace writes times and money. The app provides it from /v1/me; ui only reads it. */
export const WorkspaceContext = createContext<WorkspaceManner>({
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  currency: 'KRW',
});

export const useWorkspace = (): WorkspaceManner => useContext(WorkspaceContext);
