/**
 * `npm run bench -- endurance [--hours 8]`: one session that listens on and on, much faster than real time, to songs,
 * strangers, noise and silence: does it keep its memory, and its time?
 */

import { parseArgs } from 'node:util';
import { engineWith } from '../support/engine.ts';
import { music, noise } from '../support/music.ts';
import { random } from '../support/random.ts';
import { collectGarbage } from './garbage.ts';
import { type Measured, measured, rounded } from './table.ts';

const RATE = 11_025;
const SONG_SECONDS = 60;
const SONGS = 12;
/** Memory is read so often, when all garbage is gone. */
const READ_SECONDS = 900;

export async function run(args: string[]): Promise<Measured> {
  const { values } = parseArgs({ args, options: { hours: { type: 'string', default: '8' } } });
  const wanted = Number(values.hours) * 3600;
  const songs = new Map(Array.from({ length: SONGS }, (_, i) => [`song ${i}`, music(SONG_SECONDS, RATE, i + 1)]));
  const engine = await engineWith(songs);
  const sounds = [
    ...[...songs.values()].map(({ samples }) => samples),
    music(SONG_SECONDS, RATE, 77).samples,
    noise(20 * RATE, 0.05, 7),
    new Float32Array(20 * RATE),
  ];
  const next = random(5);
  let pieces = 0;
  let played = 0;
  const listening = await engine.listen(RATE, { continuous: true }, ({ piece }) => {
    pieces = piece?.number ?? pieces;
  });
  const memory: number[] = [];
  const speeds: number[] = [];
  for (let seconds = 0; seconds < wanted; ) {
    const begun = performance.now();
    let heard = 0;
    while (heard < READ_SECONDS) {
      const at = Math.floor(next() * sounds.length);
      if (at < SONGS) played++;
      for (let from = 0; from < sounds[at].length; from += RATE / 4) {
        await listening.push(sounds[at].subarray(from, from + RATE / 4));
      }
      heard += sounds[at].length / RATE;
    }
    seconds += heard;
    speeds.push((1000 * heard) / (performance.now() - begun));
    memory.push(await memoryNow());
    console.error(`  ${(seconds / 3600).toFixed(1)} h  ${rounded(memory.at(-1) as number)} MB  ${pieces} pieces`);
  }
  const listed = (await listening.tracks()).length;
  await listening.stop();
  const [first] = memory;
  const growth = (at: number) => rounded(100 * (at / first - 1), 2);
  const rows = [
    { what: 'songs played', value: played, unit: '' },
    { what: 'pieces told', value: pieces, unit: '' },
    { what: 'songs listed in the end', value: listed, unit: '' },
    { what: `memory after ${READ_SECONDS / 60} minutes`, value: rounded(first), unit: 'MB' },
    {
      what: 'memory at the end',
      value: rounded(memory.at(-1) as number),
      unit: 'MB',
      note: `${growth(memory.at(-1)!)} %`,
    },
    {
      what: 'most memory in between',
      value: rounded(Math.max(...memory)),
      unit: 'MB',
      note: `${growth(Math.max(...memory))} %`,
    },
    { what: 'faster than real time, at first', value: rounded(speeds[0]), unit: 'x' },
    { what: 'faster than real time, at the end', value: rounded(speeds.at(-1) as number), unit: 'x' },
  ];
  return measured({ title: `${values.hours} hours of listening, the memory must stay within 10 %`, rows }, []);
}

/** What is in use of this process's own memory, MB. The memory of kernels goes a while after their instances. */
async function memoryNow(): Promise<number> {
  for (let time = 0; time < 5; time++) {
    collectGarbage();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 2 ** 20;
}
