/**
 * A search of a large library by one thread and by several: `npm run bench -- search-threads [--tracks 10000] [--threads 2]
 * [--music FOLDER] [--material FILE] [--clips COUNT]`, after `npm run build:node`. Clips of absent music, for which everything is
 * tried, without landmarks. Answers must be the same, to the last bit.
 *
 * Only the search is measured: sketches are in memory, and so are the prints that a clip needs, packed. Processor time of each thread
 * is Linux's; elsewhere only the time on the clock is told.
 */
import { deepStrictEqual } from 'node:assert';
import { parseArgs } from 'node:util';
import { printLike } from '../../src/accuracy/made-up-tracks.ts';
import { SearchThreads } from '../../src/engine/search-threads/search-threads.ts';
import { turns } from '../../src/engine/turns.ts';
import { BIN_COUNT, FIRST_BIN } from '../../src/kernel/format.ts';
import { packPrint } from '../../src/library/prints/pack-print.ts';
import { unpackPrint } from '../../src/library/prints/print.ts';
import type { Analysis } from '../../src/match/analysis.ts';
import { GAP_FRAMES, type Index } from '../../src/match/index-view.ts';
import { searchClip } from '../../src/match/search.ts';
import { sketchOf } from '../../src/match/sketch/sketch.ts';
import { startSearchThread } from '../../src/node/start-search-thread.ts';
import type { Print, Sketch, TrackId } from '../../src/types.ts';
import { random } from '../support/random.ts';
import { material } from './library-material.ts';
import { analysesOf } from './library-trial.ts';
import { quantile } from './quantile.ts';
import { type Measured, measured, type Row, rounded } from './table.ts';
import { threadTimes } from './thread-time.ts';

const TRACK_SECONDS = 240;
/** This many tracks are made of pieces of real ones; further ones are these, from elsewhere on and at another pitch. */
const MADE = 1000;
/** Tracks beyond this number are copies, because making them takes longest. A search spends as much time on a copy. */
const DISTINCT = 5000;
/** Blocks that make a thread worthwhile: here, threads are measured where they are not. */
const EVEN_A_SMALL_LIBRARY = 1;
const TURN_FRAMES = 997;
const MOST_UP = 30;
const program = new URL('../../dist/node/search-thread.js', import.meta.url);

export async function run(args: string[]): Promise<Measured> {
  const { values } = parseArgs({
    args,
    options: {
      tracks: { type: 'string', default: '10000' },
      threads: { type: 'string', default: '2' },
      music: { type: 'string' },
      material: { type: 'string' },
      clips: { type: 'string', default: '20' },
    },
  });
  const given = await material(values.music, values.material);
  const real = given.prints.map((print) => unpackPrint(Uint8Array.from(print)));
  const absent = real.filter((_, i) => i % 3 < 2);
  const clips = (await analysesOf(given)).filter(({ track }) => track % 3 === 2).slice(0, Number(values.clips));
  const analyses = clips.map(({ analysis }) => analysis);
  const rows: Row[] = [];
  for (const count of values.tracks.split(',').map(Number)) {
    const library = madeUp(absent, count);
    rows.push(...(await compared(library, analyses, Number(values.threads))));
  }
  return measured({ title: 'Unknown music: median, p95', rows });
}

/** A library of so many tracks, whose landmarks no clip has. */
function madeUp(real: Print[], count: number) {
  const made = Array.from({ length: Math.min(MADE, count) }, (_, seed) =>
    printLike(real, random(seed + 1), TRACK_SECONDS),
  );
  const printOf = (track: TrackId) => turned(made[track % MADE], Math.floor((track % DISTINCT) / MADE));
  const distinct: Sketch[] = Array.from({ length: Math.min(DISTINCT, count) }, (_, track) => sketchOf(printOf(track)));
  const sketches = Array.from({ length: count }, (_, track) => distinct[track % DISTINCT].slice());
  const packed = new Map<TrackId, Uint8Array>();
  const packedOf = (track: TrackId) => {
    const like = track % DISTINCT;
    if (!packed.has(like)) packed.set(like, packPrint(printOf(like)));
    return packed.get(like)!;
  };
  const frameCounts = new Uint32Array(count).fill(made[0].frameCount);
  const starts = frameCounts.map((frames, i) => GAP_FRAMES + i * (frames + GAP_FRAMES));
  const tracks = Uint32Array.from({ length: count }, (_, i) => i);
  return {
    watch: () => () => {},
    stretches: () => ({ starts, frameCounts, tracks }),
    sketches: async (asked: TrackId[]) => asked.map((track) => sketches[track]),
    prints: async (asked: TrackId[]) => asked.map((track) => unpackPrint(packedOf(track))),
    packedPrints: async (asked: TrackId[]) => asked.map(packedOf),
    lookup: async (hashes: Uint32Array) => ({
      starts: new Uint32Array(hashes.length + 1),
      positions: new Uint32Array(0),
    }),
  };
}

/** The print as if it began later, its end first, and higher or lower. */
function turned(print: Print, times: number): Print {
  if (times === 0) return print;
  const from = (times * TURN_FRAMES) % print.frameCount;
  const up = ((times * 7) % (2 * MOST_UP)) - MOST_UP;
  const first = print.frames.findIndex((frame) => frame >= from);
  const isWithin = (bin: number) => bin >= FIRST_BIN && bin < FIRST_BIN + BIN_COUNT;
  const order = Uint32Array.from(print.frames.keys(), (i) => (first + i) % print.count).filter((i) =>
    isWithin(print.bins[i] + up),
  );
  return {
    ...print,
    count: order.length,
    frames: Uint32Array.from(order, (i) => (print.frames[i] + print.frameCount - from) % print.frameCount),
    bins: Uint16Array.from(order, (i) => print.bins[i] + up),
    levels: Uint8Array.from(order, (i) => print.levels[i]),
  };
}

interface Timed {
  ms: number;
  /** Processor time of the thread that asks, and the most of another one. */
  hereMs: number;
  elsewhereMs: number;
}

async function compared(library: ReturnType<typeof madeUp>, analyses: Analysis[], most: number): Promise<Row[]> {
  const host = { most: most - 1, start: () => startSearchThread(program) };
  const threads = new SearchThreads(library, host, EVEN_A_SMALL_LIBRARY);
  const tracks = [...library.stretches().tracks];
  for (let search = 0; search < 2; search++) threads.elsewhere(tracks);
  await threads.copied();
  const together: Index = { ...library, elsewhere: async (asked) => threads.elsewhere(asked) };
  const times: Record<'alone' | 'together', Timed[]> = { alone: [], together: [] };
  for (const analysis of analyses) {
    await searchClip(analysis, library); // so that its prints are there
    const [expected, alone] = await timed(analysis, library);
    const [answer, shared] = await timed(analysis, together);
    deepStrictEqual(answer, expected);
    times.alone.push(alone);
    times.together.push(shared);
  }
  const others = threads.elsewhere(tracks).length;
  threads.close();
  const rowsOf = (what: string, all: Timed[]): Row[] =>
    (['ms', 'hereMs', 'elsewhereMs'] as const).map((key) => {
      const sorted = all.map((one) => one[key]).sort((a, b) => a - b);
      const names = { ms: 'clock', hereMs: 'processor, the thread that asks', elsewhereMs: 'processor, busiest other' };
      const value = `${rounded(quantile(sorted, 0.5))}, ${rounded(quantile(sorted, 0.95))}`;
      return { what: `${tracks.length} tracks, ${what}: ${names[key]}`, value, unit: 'ms' };
    });
  return [...rowsOf('one thread', times.alone), ...rowsOf(`${others + 1} threads`, times.together)];
}

async function timed(analysis: Analysis, index: Index) {
  const before = threadTimes();
  const begun = performance.now();
  const answer = await searchClip(analysis, index, { pause: turns() });
  const ms = performance.now() - begun;
  const used = [...threadTimes()].map(([id, total]) => [id, total - (before.get(id) ?? 0)]);
  const here = used.find(([id]) => id === process.pid)?.[1] ?? 0;
  const elsewhere = Math.max(...used.filter(([id]) => id !== process.pid).map(([, time]) => time));
  return [answer, { ms, hereMs: here, elsewhereMs: elsewhere }] as const;
}
