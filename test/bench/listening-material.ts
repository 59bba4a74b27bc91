/** Songs for the library, and clips of them as a microphone hears them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, parse } from 'node:path';
import { parseArgs } from 'node:util';
import type { Engine } from '../../src/engine/api.ts';
import { unpackPrint } from '../../src/library/prints/print.ts';
import type { Pcm } from '../../src/types.ts';
import { learnt } from '../support/engine.ts';
import { music, noise } from '../support/music.ts';
import { learntLike } from '../support/tracks-like.ts';
import { decoded } from './library-material.ts';

/** `title`: of the song that it is, or of which it is a part. */
export interface Clip {
  title: string;
  sound: () => Pcm;
}

const OTHER_SECONDS = 240;

/** Of folders that the arguments name, else composed; and how many tracks the library shall have. */
export function listeningMaterial(args: string[], most: number) {
  const { values } = parseArgs({
    args,
    options: {
      music: { type: 'string' },
      clips: { type: 'string' },
      condition: { type: 'string', default: 'ota' },
      tracks: { type: 'string', default: '1000' },
      most: { type: 'string', default: `${most}` },
    },
  });
  const songs = values.music ? songsIn(values.music) : composed();
  const clips = values.clips ? clipsIn(values.clips, values.condition) : noisy(songs);
  return { songs, clips: clips.slice(0, Number(values.most)), tracks: Number(values.tracks) };
}

/** The songs, and others like them until there are so many tracks. */
export async function fill(engine: Engine, songs: Clip[], tracks: number): Promise<void> {
  const prints = [];
  for (const [i, { title, sound }] of songs.entries()) {
    const song = { ...learnt(sound(), title), contentId: i.toString(16).padStart(32, '0') };
    prints.push(unpackPrint(song.print));
    await engine.add(song, { evenIfSimilar: true });
  }
  for (let seed = songs.length; seed < tracks; seed++) {
    await engine.add(learntLike(prints, seed, OTHER_SECONDS), { evenIfSimilar: true });
  }
}

const songsIn = (folder: string): Clip[] =>
  readdirSync(folder).map((name) => ({ title: parse(name).name, sound: () => decoded(join(folder, name)) }));

function clipsIn(folder: string, condition: string): Clip[] {
  const [head, ...rows] = readFileSync(join(folder, 'truth.tsv'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split('\t'));
  const column = (name: string) => head.indexOf(name);
  return rows
    .filter((row) => row[column('condition')] === condition && Number(row[column('length')]) >= 10)
    .map((row) => ({ title: row[column('truth')], sound: () => decoded(join(folder, row[column('file')])) }));
}

const composed = (): Clip[] =>
  Array.from({ length: 24 }, (_, i) => ({ title: `song ${i}`, sound: () => music(60, 22_050, i + 1) }));

/** Ten seconds of each song, the noise as loud as the music. */
function noisy(songs: Clip[]): Clip[] {
  return songs.map(({ title, sound }, i) => ({
    title,
    sound() {
      const { samples, sampleRate } = sound();
      const clip = samples.slice(20 * sampleRate, 30 * sampleRate);
      const power = clip.reduce((sum, sample) => sum + sample * sample, 0) / clip.length;
      const added = noise(clip.length, Math.sqrt(3 * power), i + 1);
      return { samples: clip.map((sample, at) => sample + added[at]), sampleRate };
    },
  }));
}
