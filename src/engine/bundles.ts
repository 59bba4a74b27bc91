/** Bundles of a library, with its lyrics and sessions: written and taken in. Loaded on first use. */
import { bundledCatalogues, restoreCatalogues } from '../catalogue/catalogue-backup.ts';
import { KERNEL_FORMAT } from '../kernel/format.ts';
import { readBundle, readCatalogues, readRefusals, readSessions } from '../library/bundle/read-bundle.ts';
import { type BundleExtras, type BundleOptions, type Progress, writeBundle } from '../library/bundle/write-bundle.ts';
import type { Library } from '../library/library.ts';
import type { Incoming } from '../library/tracks/new-rows.ts';
import { readLyrics, writeLyrics } from '../library/tracks/track-lyrics.ts';
import { restoredRefusal, restoreRefusals } from '../sessions/refusals.ts';
import { bundledSessions, restoredSession, restoreSessions } from '../sessions/session-backup.ts';
import type { Sessions } from '../sessions/session-model.ts';
import type { TrackId } from '../types.ts';

export async function exportBundle(
  library: Library,
  sessions: () => Promise<Sessions>,
  options: BundleOptions,
  write: (bytes: Uint8Array) => Promise<void>,
  progress?: (p: Progress) => void,
): Promise<void> {
  return writeBundle(library, KERNEL_FORMAT, options, write, progress, await extrasOf(library, sessions, options));
}

async function extrasOf(
  library: Library,
  sessions: () => Promise<Sessions>,
  options: BundleOptions,
): Promise<BundleExtras> {
  const { kept } = library;
  const extras: BundleExtras = {};
  if (options.lyrics) {
    const sung = new Set(await kept.keys('lyrics'));
    extras.lyrics = { has: (id) => sung.has(id), of: (id) => readLyrics(kept, id) };
  }
  if (options.sessions) {
    extras.sessions = await bundledSessions(await sessions());
    extras.catalogues = await bundledCatalogues(library);
    extras.refusals = (await kept.list('refusals')).map(([, row]) => row);
  }
  return extras;
}

export async function importBundle(
  library: Library,
  sessions: () => Promise<Sessions>,
  bundle: Blob,
  mode: 'merge' | 'replace',
  progress?: (p: Progress) => void,
  signal?: AbortSignal,
): Promise<{ added: number; known: number }> {
  let hasSessions = false;
  // Checks the whole bundle before anything is imported.
  for await (const session of readSessions(bundle, KERNEL_FORMAT)) {
    restoredSession(session);
    hasSessions = true;
  }
  const refusals = [];
  for await (const row of readRefusals(bundle, KERNEL_FORMAT)) refusals.push(restoredRefusal(row));
  const replace = mode === 'replace';
  const missing: [TrackId, string][] = [];
  const catalogues = await restoreCatalogues(library, await readCatalogues(bundle, KERNEL_FORMAT));
  const tracks = notingLyrics(library, readBundle(bundle, KERNEL_FORMAT, progress), missing);
  const result = await library.addAll(each(tracks, catalogues.renumbered), { replace, signal });
  if (replace) await catalogues.replaced();
  if (!replace) for (const [id, text] of missing) await writeLyrics(library.kept, id, text);
  if (hasSessions) await restoreSessions(await sessions(), readSessions(bundle, KERNEL_FORMAT), replace);
  await restoreRefusals(library.kept, refusals);
  return result;
}

async function* each<In, Out>(items: AsyncIterable<In>, change: (item: In) => Out): AsyncGenerator<Out> {
  for await (const item of items) yield change(item);
}

/** Passes tracks on, and notes the lyrics of those that are known here without any. */
async function* notingLyrics(
  library: Library,
  tracks: AsyncIterable<Incoming>,
  missing: [TrackId, string][],
): AsyncGenerator<Incoming> {
  for await (const track of tracks) {
    const known = track.lyrics ? library.known(track.contentId) : undefined;
    if (known && !(await readLyrics(library.kept, known.id))) missing.push([known.id, track.lyrics as string]);
    yield track;
  }
}
