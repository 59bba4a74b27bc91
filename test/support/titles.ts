/** Rows of a large made-up library: titles, artists and albums from a vocabulary as large as a real one's. */
import type { TrackRow } from '../../src/library/rows/row-bytes.ts';
import { random } from './random.ts';

const syllables = 'ka lo mi ren sta ver ul no tri be da sho pel ju ti gra son el ma quo fi dra est ou zan'.split(' ');

export function rowsOf(count: number, seed = 1): TrackRow[] {
  const next = random(seed);
  const pick = <T>(of: readonly T[]): T => of[Math.floor(next() * of.length)];
  const word = () => Array.from({ length: 2 + Math.floor(next() * 3) }, () => pick(syllables)).join('');
  const words = Array.from({ length: 4000 }, word);
  const capital = (text: string) => text[0].toUpperCase() + text.slice(1);
  const name = (least: number, most: number) =>
    Array.from({ length: least + Math.floor(next() * (most - least + 1)) }, () => capital(pick(words))).join(' ');
  const artists = Array.from({ length: Math.ceil(count / 20) }, () => name(1, 2));
  return Array.from({ length: count }, (_, i) => {
    const [title, artist, album] = [name(1, 4), artists[Math.floor(i / 20)], `${name(1, 2)} ${Math.floor(i / 10)}`];
    return {
      ...{ id: i + 1, title, artist, album, year: 1960 + (i % 60), trackNumber: 1 + (i % 10) },
      ...{ contentId: `${i}`, fileName: `${i} - ${artist} - ${title}.mp3`, seconds: 200, learntSeconds: 200 },
      ...{ peakCount: 100, hasCover: false, enabled: true, added: i, tapeStart: 1 + i * 9000, frameCount: 8000 },
      ...{ printBytes: 600, coverBytes: 0 },
    };
  });
}
