/**
 * `npm run bench -- live [--music FOLDER] [--clips FOLDER] [--condition ota] [--tracks 1000]`: how long live listening
 * takes to answer, in seconds of sound, and what each of its four states a second costs. `--clips` holds recordings and a
 * `truth.tsv` (columns file, condition, truth: the file name, without its ending, of a track of the music). Without
 * folders, composed music under noise.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, parse } from 'node:path';
import { parseArgs } from 'node:util';
import type { Engine, Heard } from '../../src/engine/api.ts';
import { openEngine } from '../../src/engine/engine.ts';
import { openMemory } from '../../src/library/memory.ts';
import { unpackPrint } from '../../src/library/print.ts';
import type { Pcm } from '../../src/types.ts';
import { learnt } from '../support/engine.ts';
import { kernelModule } from '../support/kernel.ts';
import { music, noise } from '../support/music.ts';
import { learntLike } from '../support/tracks-like.ts';
import { decoded } from './library-material.ts';
import { type Measured, measured, rounded } from './table.ts';

const BLOCK_SECONDS = 0.25;
const OTHER_SECONDS = 240;

interface Clip {
  title: string;
  sound: () => Pcm;
}

export async function run(args: string[]): Promise<Measured> {
  const { values } = parseArgs({
    args,
    options: {
      music: { type: 'string' },
      clips: { type: 'string' },
      condition: { type: 'string', default: 'ota' },
      tracks: { type: 'string', default: '1000' },
      most: { type: 'string', default: '60' },
    },
  });
  const songs = values.music ? songsIn(values.music) : composed();
  const clips = values.clips ? clipsIn(values.clips, values.condition) : noisy(songs);
  const engine = await openEngine({ shelf: openMemory(), kernel: kernelModule });
  const prints = [];
  for (const { title, sound } of songs) {
    const song = learnt(sound(), title);
    prints.push(unpackPrint(song.print));
    await engine.add(song, { evenIfSimilar: true });
  }
  for (let seed = songs.length; seed < Number(values.tracks); seed++) {
    await engine.add(learntLike(prints, seed, OTHER_SECONDS), { evenIfSimilar: true });
  }
  const answers = [];
  for (const clip of clips.slice(0, Number(values.most))) answers.push(await hear(engine, clip));
  const right = answers.filter(({ isRight }) => isRight);
  const waits = right.map(({ seconds }) => seconds);
  const costs = answers.flatMap(({ costsMs }) => costsMs);
  const rows = [
    { what: 'clips', value: answers.length, unit: '' },
    { what: 'right', value: rounded((100 * right.length) / answers.length), unit: '%' },
    { what: 'wrong', value: answers.filter(({ isWrong }) => isWrong).length, unit: '' },
    { what: 'sound heard before the right answer, median', value: rounded(part(waits, 0.5)), unit: 's' },
    { what: 'the same, slowest tenth from', value: rounded(part(waits, 0.9)), unit: 's' },
    { what: 'a state, median', value: rounded(part(costs, 0.5)), unit: 'ms' },
    { what: 'a state, slowest twentieth from', value: rounded(part(costs, 0.95)), unit: 'ms' },
    { what: 'a state, slowest', value: rounded(Math.max(...costs)), unit: 'ms' },
  ];
  return measured({ title: `Listening live among ${values.tracks} tracks`, rows }, []);
}

async function hear(engine: Engine, { title, sound }: Clip) {
  const { samples, sampleRate } = sound();
  let last: Heard | undefined;
  const costsMs: number[] = [];
  const listening = await engine.listen(sampleRate, {}, (heard) => {
    last = heard;
  });
  const block = Math.round(BLOCK_SECONDS * sampleRate);
  for (let at = 0; at + block <= samples.length && last?.state !== 'found'; at += block) {
    const begun = performance.now();
    await listening.push(samples.subarray(at, at + block));
    costsMs.push(performance.now() - begun);
  }
  const named = last?.match?.track.title;
  return { isRight: named === title, isWrong: !!named && named !== title, seconds: last?.seconds ?? 0, costsMs };
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

function part(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
