/** Which `.lrc` file belongs to which song: the one of the same name in the same folder. */
import { isLyricsName } from './lyrics-text.ts';

interface FileName {
  name: string;
}

interface Paired<T> {
  item: T;
  lyrics?: T;
}

/** Everything of one folder; a `.lrc` file without a song comes as an item of its own. */
export function pairLyrics<T extends FileName>(items: readonly T[]): Paired<T>[] {
  const lyrics = new Map(items.filter(({ name }) => isLyricsName(name)).map((item) => [baseOf(item.name), item]));
  const used = new Set<T>();
  const paired = items
    .filter(({ name }) => !isLyricsName(name))
    .map((item): Paired<T> => {
      const found = lyrics.get(baseOf(item.name));
      if (!found) return { item };
      used.add(found);
      return { item, lyrics: found };
    });
  return [...paired, ...[...lyrics.values()].filter((item) => !used.has(item)).map((item) => ({ item }))];
}

/** `Song.mp3`, `song.lrc` and `song.mp3.lrc` have the same. */
export function baseOf(name: string): string {
  const base = isLyricsName(name) ? name.replace(/\.lrc$/i, '') : name;
  return base
    .normalize()
    .toLowerCase()
    .replace(/\.[a-z0-9]{1,5}$/, '');
}
