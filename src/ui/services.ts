/** The services that screens use. Created by `open.tsx`; tests may provide others. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Engine } from '../engine/api.ts';
import type { Imports } from './adding/queue/imports.ts';
import type { Recent } from './listen/session/recent.ts';
import type { ListeningSession } from './listen/session/session.ts';
import type { Cell } from './parts/state/cell.ts';
import type { Recordings } from './recording/queue/recordings.ts';
import type { Settings } from './settings/settings.ts';

export interface Services {
  engine: Engine;
  settings: Cell<Settings>;
  imports: Imports;
  session: ListeningSession;
  recent: Recent;
  recordings: Recordings;
  /** Number of songs; undefined until the library is open. */
  songCount: Cell<number | undefined>;
  /** Increases whenever the library changes, in this or another window. */
  libraryVersion: Cell<number>;
  /** Increases whenever a session is stored, changed or removed. */
  sessionsVersion: Cell<number>;
}

export const ServicesContext = createContext<Services | undefined>(undefined);

export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (!services) throw new Error('a screen is drawn outside the app');
  return services;
}
