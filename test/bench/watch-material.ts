/** Songs for the stations: five of six are in the library, the others are unknown music. */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openLibrary } from '../../src/node/package.ts';
import { music } from '../support/music.ts';
import { wav } from '../support/recording.ts';
import { decoded } from './library-material.ts';

export interface Song {
  title: string;
  isKnown: boolean;
  samples: Int16Array;
}

/** Of the samples that are sent. */
export const RATE = 22_050;
const MOST = 160;
const UNKNOWN_EVERY = 6;
const LONGEST_SECONDS = 240;

export async function songsFrom(folder?: string): Promise<Song[]> {
  const sounds = folder
    ? readdirSync(folder)
        .sort()
        .slice(0, MOST)
        .map((name) => () => decoded(join(folder, name)).samples)
    : Array.from({ length: 30 }, (_, i) => () => music(90, RATE, i + 1).samples);
  return sounds.map((sound, i) => ({
    title: `Song ${i}`,
    isKnown: i % UNKNOWN_EVERY !== UNKNOWN_EVERY - 1,
    samples: Int16Array.from(sound().subarray(0, LONGEST_SECONDS * RATE), (sample) =>
      Math.round(32_767 * Math.max(-1, Math.min(1, sample))),
    ),
  }));
}

export async function learnKnown(songs: Song[], folder: string): Promise<void> {
  const library = await openLibrary(join(folder, 'library'));
  for (const { title, isKnown, samples } of songs) {
    if (!isKnown) continue;
    const path = join(folder, `${title}.wav`);
    writeFileSync(
      path,
      wav(
        Float32Array.from(samples, (sample) => sample / 32_768),
        RATE,
      ),
    );
    await library.addFile(path, { evenIfSimilar: true });
  }
  await library.close();
}
