/** Finds files: those named, and those in named folders that look like sound. */
import { openAsBlob } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { isTransportStream } from '../audio/formats/transport-stream.ts';
import { isDoubtful, isSound } from '../learn/sound-names.ts';
import { notAFile, oddKind, readingRefused } from './system/system-error.ts';
import { nameFromBytes, systemPath } from './system/system-path.ts';

export interface SoundPath {
  path: string;
  bytes: number;
  /** The reason why it cannot be read. */
  fault?: string;
}

/**
 * Sorted by name, so that every run has the same order. In folders, files with the given extensions, by default those of
 * sound.
 */
export async function soundFilesIn(paths: Iterable<string>, extensions?: string[]): Promise<SoundPath[]> {
  const wanted = extensions?.map((extension) => `.${extension.replace(/^\./, '').toLowerCase()}`);
  const isNamedSo = (path: string) =>
    wanted ? wanted.includes(extname(path).toLowerCase()) : isSound({ name: basename(path), type: '' });
  const found: SoundPath[] = [];
  const entered = new Set<string>();

  async function visit(path: string, isNamed: boolean): Promise<void> {
    const about = await stat(systemPath(path)).catch((error: NodeJS.ErrnoException) => error);
    if (about instanceof Error) {
      // A dangling link in a folder.
      if (isNamed || (about.code !== 'ENOENT' && isNamedSo(path)))
        found.push({ path, bytes: 0, fault: readingRefused(about, path) });
    } else if (about.isDirectory()) {
      const identity = `${about.dev}:${about.ino}`;
      if (entered.has(identity)) return; // a link to a parent folder
      entered.add(identity);
      await enter(path);
    } else if (isNamed || isNamedSo(path)) {
      const odd = oddKind(about);
      if (odd) found.push({ path, bytes: 0, fault: notAFile(odd) });
      else if (isNamed || wanted || (await soundsLike(path))) found.push({ path, bytes: about.size });
    }
  }
  async function enter(folder: string): Promise<void> {
    const names = await readdir(systemPath(folder), { encoding: 'buffer' }).catch((error: NodeJS.ErrnoException) => {
      found.push({ path: folder, bytes: 0, fault: readingRefused(error, folder) });
      return [];
    });
    const byName = new Intl.Collator('en', { numeric: true });
    for (const name of names.map(nameFromBytes).sort(byName.compare))
      if (!name.startsWith('.')) await visit(join(folder, name), false);
  }

  for (const path of paths) await visit(path, true);
  return found;
}

/** A file that cannot be read counts: whoever opens it reports the reason. */
async function soundsLike(path: string): Promise<boolean> {
  if (!isDoubtful({ name: basename(path) })) return true;
  return openAsBlob(systemPath(path))
    .then(isTransportStream)
    .catch(() => true);
}
