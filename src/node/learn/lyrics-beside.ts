/** Lyrics in a `.lrc` file of the same name beside a sound file. */
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { lyricsTextOf } from '../../lyrics/lyrics-text.ts';
import { systemPath } from '../system/system-path.ts';

interface LyricsBeside {
  path: string;
  text: string;
}

/** Undefined if there is none. An error has the path of the file of lyrics as `path`. */
export async function lyricsBeside(soundPath: string): Promise<LyricsBeside | undefined> {
  const base = soundPath.slice(0, soundPath.length - extname(soundPath).length);
  for (const path of [`${base}.lrc`, `${base}.LRC`, `${soundPath}.lrc`]) {
    const bytes = await readFile(systemPath(path)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENAMETOOLONG') return undefined;
      throw Object.assign(error, { path });
    });
    if (!bytes) continue;
    try {
      return { path, text: lyricsTextOf(bytes) };
    } catch (error) {
      throw Object.assign(error as Error, { path });
    }
  }
  return undefined;
}
