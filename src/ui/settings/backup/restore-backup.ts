/** Restores what a backup holds. What the library already has stays as it is. */
import type { Engine, Progress } from '../../../engine/api.ts';
import { keepText, localStore } from '../../parts/state/kept.ts';
import type { Backup } from './backup-file.ts';
import { LAST_BACKUP } from './save-backup.ts';

export async function restoreBackup(
  engine: Engine,
  backup: Backup,
  progress: (p: Progress) => void,
  signal?: AbortSignal,
): Promise<{ songs: number; sessions: number }> {
  const isNew = await Promise.all(backup.tracks.map(async ({ contentId }) => !(await engine.known(contentId))));
  const before = await sessionCount(engine);
  const { added } = await engine.importBundle(backup.bundle, 'merge', progress, signal);
  const edits = await Promise.all(
    backup.tracks
      .filter((_, i) => isNew[i])
      .map(async ({ contentId, added, enabled }) => ({
        id: (await engine.known(contentId))?.id,
        changes: { added, enabled },
      })),
  );
  await engine.editMany(edits.flatMap(({ id, changes }) => (id === undefined ? [] : { id, changes })));
  for (const [name, text] of Object.entries(backup.settings))
    if (name !== LAST_BACKUP) keepText(localStore, name, text);
  return { songs: added, sessions: (await sessionCount(engine)) - before };
}

const sessionCount = async (engine: Engine) => (await engine.sessions.list({ limit: 0 })).total;
