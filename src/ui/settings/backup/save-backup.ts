/** Saves everything that the app stores on this device in one file. */
import type { Engine, Progress } from '../../../engine/api.ts';
import { dated, openTarget } from '../../bundles/save-file.ts';
import { keep, keptTexts, localStore } from '../../parts/state/kept.ts';
import { type BackupContents, headOf } from './backup-file.ts';

export const LAST_BACKUP = 'backup';

/** Writes the backup piece by piece; reports songs as they are written. */
async function writeBackup(
  engine: Engine,
  write: (bytes: Uint8Array) => Promise<void>,
  progress: (p: Progress) => void,
): Promise<void> {
  const { rows: tracks } = await engine.tracks({ limit: Number.MAX_SAFE_INTEGER });
  const contents: BackupContents = {
    made: Date.now(),
    settings: keptTexts(localStore),
    tracks: tracks.map(({ contentId, added, enabled }) => ({ contentId, added, enabled })),
  };
  await write(await headOf(contents));
  await engine.exportBundle(
    { tags: true, covers: true, fileNames: true, lyrics: true, sessions: true },
    write,
    progress,
  );
}

/** Undefined if the user cancelled; otherwise the file, unless the browser has written it itself. */
export async function saveBackup(
  engine: Engine,
  progress: (p: Progress) => void,
): Promise<{ bytes: number; file?: File } | undefined> {
  const target = await openTarget(dated('entendu-backup', 'entendu-backup'), 'application/octet-stream');
  if (!target) return undefined;
  try {
    await writeBackup(engine, target.write, progress);
    const saved = await target.close();
    const { trackCount } = await engine.status();
    keep(localStore, LAST_BACKUP, { at: Date.now(), songs: trackCount });
    return saved;
  } catch (error) {
    await target.abort();
    throw error;
  }
}
