import type { Imports } from '../../src/ui/adding/queue/imports.ts';
import type { QueueRow } from '../../src/ui/adding/queue/queue-rows.ts';
import { cell } from '../../src/ui/parts/state/cell.ts';
import { songOf } from './songs.ts';

const busy: QueueRow[] = [
  { id: 1, name: '01 - Nocturne in E-flat.mp3', state: 'added', share: 1, track: songOf(1) },
  { id: 2, name: 'notes.mp3', state: 'failed', share: 0, fault: 'NotAudio' },
  { id: 3, name: '03 - Blue Corridor.flac', state: 'similar', share: 1, track: songOf(3) },
  { id: 4, name: '04 - Sunday Garden.opus', state: 'learning', share: 0.62, factor: 214 },
  ...Array.from({ length: 36 }, (_, i) => ({
    id: 5 + i,
    name: songOf(5 + i).fileName,
    state: 'waiting' as const,
    share: 0,
  })),
];

/** Learning that stands still where it is wanted. */
export function posedImports(pose: string): Imports {
  const rows = pose === 'busy' ? busy : pose === 'done' ? busy.slice(0, 3) : [];
  return {
    state: cell({ rows, isPaused: false, skipped: pose === 'done' ? 4 : 0, secondsLeft: 130 }),
    locked: cell<string[]>([]),
    add: () => {},
    keep: async () => {},
    addAll: async () => {},
    addFolder: async () => false,
    pause: () => {},
    resume: () => {},
    cancel: () => {},
    retry: () => {},
    addAnyway: () => {},
    clear: () => {},
    unlock: async () => {},
  };
}
