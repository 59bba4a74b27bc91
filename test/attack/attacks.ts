/** All attacks, in the order of the table. One file each. */
import type { Attack } from './attack.ts';

type Loaded = Promise<{ attack: Attack }>;

export const attacks: Record<string, () => Loaded> = {
  audio: () => import('./audio.ts'),
  browser: () => import('./browser.ts'),
  bundles: () => import('./bundles.ts'),
  folder: () => import('./folder.ts'),
  rows: () => import('./rows.ts'),
  kills: () => import('./kills.ts'),
  interrupts: () => import('./interrupts.ts'),
  closing: () => import('./closing.ts'),
  disk: () => import('./disk.ts'),
  crowd: () => import('./crowd.ts'),
  names: () => import('./names.ts'),
  arguments: () => import('./arguments.ts'),
  service: () => import('./service.ts'),
};
