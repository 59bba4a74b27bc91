/** Puts back what a backup holds. What is here already stays. */
import type { Engine, Progress, Session } from '../../../engine/api.ts';
import { keepText, localStore } from '../../parts/kept.ts';
import { type Backup, unpackStrip } from './backup-file.ts';
import { LAST_BACKUP } from './save-backup.ts';

const keyOf = ({ began, source, seconds }: Session) => `${began} ${source} ${seconds}`;

export async function restoreBackup(
  engine: Engine,
  backup: Backup,
  progress: (p: Progress) => void,
  signal?: AbortSignal,
): Promise<{ songs: number; sessions: number }> {
  const isNew = await Promise.all(backup.tracks.map(async ({ contentId }) => !(await engine.known(contentId))));
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
  const { rows } = await engine.sessions.list();
  const known = new Set(rows.map(keyOf));
  let sessions = 0;
  for (const { session, strip } of backup.sessions) {
    if (known.has(keyOf(session))) continue;
    const { id, hasStrip, state, ...rest } = session;
    const ended = state === 'running' ? 'cut' : state;
    await engine.sessions.save({ ...rest, state: ended }, strip && unpackStrip(strip));
    sessions += 1;
  }
  for (const [name, text] of Object.entries(backup.settings))
    if (name !== LAST_BACKUP) keepText(localStore, name, text);
  return { songs: added, sessions };
}
