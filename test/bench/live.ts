/**
 * `npm run bench -- live [--music FOLDER] [--clips FOLDER] [--condition ota] [--tracks 1000]`: how long live listening
 * takes to answer, in seconds of sound, and what each of its four states a second costs. Searches go on in turns
 * between the states; with them it is told how long a turn keeps others waiting. `--clips` holds recordings and a
 * `truth.tsv` (columns file, condition, truth: the file name, without its ending, of a track of the music). Without
 * folders, composed music under noise. Milliseconds are the main thread's processor time, so that others' work does
 * not count.
 */
import type { Engine, Heard } from '../../src/engine/api.ts';
import { engineOf, libraryOn } from '../../src/engine/engine.ts';
import { openMemory } from '../../src/library/shelf/memory.ts';
import { kernelModule } from '../support/kernel.ts';
import { type Clip, fill, listeningMaterial } from './listening-material.ts';
import { type Measured, measured, rounded } from './table.ts';
import { mainThreadMs } from './thread-time.ts';

const BLOCK_SECONDS = 0.25;

export async function run(args: string[]): Promise<Measured> {
  const { songs, clips, tracks } = listeningMaterial(args, 60);
  const library = await libraryOn({ shelf: openMemory() });
  const engine = engineOf(library, { kernel: kernelModule });
  await fill(engine, songs, tracks);
  await library.settled();
  const answers = [];
  for (const clip of clips) answers.push(await hear(engine, clip));
  const right = answers.filter(({ isRight }) => isRight);
  const waits = right.map(({ seconds }) => seconds);
  const costs = answers.flatMap(({ costsMs }) => costsMs);
  const turns = answers.flatMap(({ turnsMs }) => turnsMs);
  const searches = answers.map(({ turnsMs }) => turnsMs.reduce((sum, ms) => sum + ms, 0));
  const rows = [
    { what: 'clips', value: answers.length, unit: '' },
    { what: 'right', value: rounded((100 * right.length) / answers.length), unit: '%' },
    { what: 'wrong', value: answers.filter(({ isWrong }) => isWrong).length, unit: '' },
    { what: 'sound heard before the right answer, median', value: rounded(part(waits, 0.5)), unit: 's' },
    { what: 'the same, slowest tenth from', value: rounded(part(waits, 0.9)), unit: 's' },
    { what: 'a state, median', value: rounded(part(costs, 0.5)), unit: 'ms' },
    { what: 'a state, slowest twentieth from', value: rounded(part(costs, 0.95)), unit: 'ms' },
    { what: 'a state, slowest', value: rounded(Math.max(...costs)), unit: 'ms' },
    { what: 'a turn of a search, median', value: rounded(part(turns, 0.5)), unit: 'ms' },
    { what: 'a turn, slowest twentieth from', value: rounded(part(turns, 0.95)), unit: 'ms' },
    { what: 'a turn, slowest', value: rounded(Math.max(...turns)), unit: 'ms' },
    { what: 'all turns until the answer, median', value: rounded(part(searches, 0.5)), unit: 'ms' },
  ];
  return measured({ title: `Listening live among ${tracks} tracks`, rows }, []);
}

async function hear(engine: Engine, { title, sound }: Clip) {
  const { samples, sampleRate } = sound();
  let last: Heard | undefined;
  const costsMs: number[] = [];
  const turnsMs: number[] = [];
  let begun = 0;
  let isTold = false;
  const listening = await engine.listen(sampleRate, {}, (heard) => {
    last = heard;
    if (!isTold) costsMs.push(mainThreadMs() - begun);
    isTold = true;
  });
  const block = Math.round(BLOCK_SECONDS * sampleRate);
  for (let at = 0; at + block <= samples.length && last?.state !== 'found'; at += block) {
    begun = mainThreadMs();
    isTold = false;
    const heard = listening.push(samples.subarray(at, at + block));
    turnsMs.push(...(await stretchesUntil(heard)).slice(1));
  }
  await listening.stop();
  const named = last?.match?.track.title;
  return {
    isRight: named === title,
    isWrong: !!named && named !== title,
    seconds: last?.seconds ?? 0,
    costsMs,
    turnsMs,
  };
}

/** Processor time of each stretch of work until something is done, between which other work could be let in. */
async function stretchesUntil(done: Promise<void>): Promise<number[]> {
  const stretches: number[] = [];
  let isDone = false;
  void done.then(() => {
    isDone = true;
  });
  for (let last = mainThreadMs(); !isDone; ) {
    await new Promise((resolve) => setImmediate(resolve));
    const now = mainThreadMs();
    stretches.push(now - last);
    last = now;
  }
  await done;
  return stretches;
}

/** The value that a share of them does not exceed. */
export function part(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
