/** Bundles of a library and its sessions: written, previewed and taken in. Loaded on first use. */
import { KERNEL_FORMAT } from '../kernel/format.ts';
import { previewBundle, readBundle, readSessions } from '../library/bundle/read-bundle.ts';
import { type BundleOptions, type Progress, writeBundle } from '../library/bundle/write-bundle.ts';
import type { Library } from '../library/library.ts';
import { bundledSessions, restoredSession, restoreSessions } from '../sessions/session-backup.ts';
import type { Sessions } from '../sessions/session-model.ts';
import type { BundlePreview } from './api.ts';

export async function exportBundle(
  library: Library,
  sessions: () => Promise<Sessions>,
  options: BundleOptions,
  write: (bytes: Uint8Array) => Promise<void>,
  progress?: (p: Progress) => void,
): Promise<void> {
  const bundled = options.sessions ? await bundledSessions(await sessions()) : undefined;
  return writeBundle(library, KERNEL_FORMAT, options, write, progress, bundled);
}

export const previewOf = (library: Library, bundle: Blob): Promise<BundlePreview> =>
  previewBundle(bundle, KERNEL_FORMAT, (contentId) => library.known(contentId) !== undefined);

export async function importBundle(
  library: Library,
  sessions: () => Promise<Sessions>,
  bundle: Blob,
  mode: 'merge' | 'replace',
  progress?: (p: Progress) => void,
  signal?: AbortSignal,
): Promise<{ added: number; known: number }> {
  let hasSessions = false;
  // All of it is looked at before anything is taken.
  for await (const session of readSessions(bundle, KERNEL_FORMAT)) {
    restoredSession(session);
    hasSessions = true;
  }
  const replace = mode === 'replace';
  const result = await library.addAll(readBundle(bundle, KERNEL_FORMAT, progress), { replace, signal });
  if (hasSessions) await restoreSessions(await sessions(), readSessions(bundle, KERNEL_FORMAT), replace);
  return result;
}
