/** The files that were meant: those named, and those in the folders named that look like sound. */
import { openAsBlob } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { isTransportStream } from '../audio/transport-stream.ts';
import { isDoubtful, isSound } from '../learn/sound-names.ts';

export interface FoundFile {
  path: string;
  bytes: number;
  /** Why it cannot be read. */
  fault?: string;
}

/**
 * In the order of their names, so that a second run goes the same way. Of folders, files with the extensions given, else
 * those whose names are those of sound.
 */
export async function soundFilesIn(paths: Iterable<string>, extensions?: string[]): Promise<FoundFile[]> {
  const wanted = extensions?.map((extension) => `.${extension.replace(/^\./, '').toLowerCase()}`);
  const isWanted = async (path: string) =>
    wanted
      ? wanted.includes(extname(path).toLowerCase())
      : isSound({ name: basename(path), type: '' }) && soundsLike(path);
  const found: FoundFile[] = [];
  const entered = new Set<string>();

  async function visit(path: string, isNamed: boolean): Promise<void> {
    const about = await stat(path).catch((error: NodeJS.ErrnoException) => error);
    if (about instanceof Error) {
      if (isNamed) found.push({ path, bytes: 0, fault: wordsOf(about) });
    } else if (about.isDirectory()) {
      const identity = `${about.dev}:${about.ino}`;
      if (entered.has(identity)) return; // a link that leads back
      entered.add(identity);
      await enter(path);
    } else if (isNamed || (await isWanted(path))) {
      found.push({ path, bytes: about.size });
    }
  }
  async function enter(folder: string): Promise<void> {
    const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
      found.push({ path: folder, bytes: 0, fault: wordsOf(error) });
      return [];
    });
    const byName = new Intl.Collator('en', { numeric: true });
    for (const name of names.sort(byName.compare)) if (!name.startsWith('.')) await visit(join(folder, name), false);
  }

  for (const path of paths) await visit(path, true);
  return found;
}

/** What cannot be read is told later, with its reason. */
async function soundsLike(path: string): Promise<boolean> {
  if (!isDoubtful({ name: basename(path) })) return true;
  return openAsBlob(path)
    .then(isTransportStream)
    .catch(() => true);
}

/** Why the system refuses a path. */
export function wordsOf(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return 'There is no such file.';
  if (error.code === 'EACCES' || error.code === 'EPERM') return 'It may not be read.';
  return `It cannot be read: ${error.message}.`;
}
