/**
 * How well duplicates are found: `npm run bench -- duplicates --music FOLDER [--songs 12] [--others 146] [--tracks 10000]`. Of some
 * songs copies are made in several ways (ffmpeg is needed) and looked for among all. Two that have no song in common are wrongly
 * found. `--tracks`: the same in Chromium, from IndexedDB, with made-up tracks up to this number.
 */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Duplicate, findDuplicates } from '../../src/engine/duplicates/find-duplicates.ts';
import { findSimilar } from '../../src/engine/duplicates/similar.ts';
import { kernelBytes } from '../../src/kernel/bytes.node.ts';
import { compileKernel } from '../../src/kernel/kernel.ts';
import { learnSound } from '../../src/learn/print-sound.ts';
import { isSound } from '../../src/learn/sound-names.ts';
import { unpackPrint } from '../../src/library/prints/print.ts';
import { memoryIndex } from '../support/memory-index.ts';
import { inChromium } from './chromium.ts';
import { RATE, read, type Sound, ways } from './duplicate-ways.ts';
import type { LargeSearch } from './duplicates.worker.ts';
import { type Measured, measured, type Row, rounded } from './table.ts';

/** Its place in the list, from 1 on, is its number in the library. */
interface Made {
  print: Uint8Array;
  name: string;
  /** The songs in it, and how many of them the search should find. */
  of: number[];
  songs: number;
  way?: string;
}

export async function run(args: string[]): Promise<Measured> {
  const { values } = parseArgs({
    args,
    options: {
      music: { type: 'string' },
      songs: { type: 'string', default: '12' },
      others: { type: 'string', default: '146' },
      tracks: { type: 'string' },
    },
  });
  if (!values.music) throw new Error('--music FOLDER is needed');
  const paths = readdirSync(values.music)
    .filter((name) => isSound({ name, type: '' }))
    .sort()
    .map((name) => join(values.music!, name));
  const made = await copies(paths, Number(values.songs), Number(values.others));
  const small = await searchAll(made);
  const rows = rowsOf(made, small.found, await toldByLearning(made));
  rows.push({ what: 'processor time', value: rounded(small.seconds), unit: 's' });
  if (values.tracks) rows.push(...(await largeRows(made, Number(values.tracks))));
  return measured({ title: `Duplicates among ${made.length} tracks`, rows });
}

async function searchAll(made: Made[]): Promise<{ found: Duplicate[]; seconds: number }> {
  const index = indexOf(made);
  const begun = process.cpuUsage();
  const found = await findDuplicates({ index });
  return { found, seconds: process.cpuUsage(begun).user / 1e6 };
}

const indexOf = (made: Made[]) => memoryIndex(new Map(made.map(({ print }, i) => [i + 1, unpackPrint(print)])));

/** For each copy whether the person is warned who adds it to a library of the songs. */
async function toldByLearning(made: Made[]): Promise<Set<Made>> {
  const index = indexOf(made.filter(({ way }) => !way));
  const told = new Set<Made>();
  for (const copy of made) {
    if (!copy.way) continue;
    const similar = await findSimilar(unpackPrint(copy.print), index);
    if (similar && copy.of.includes(similar.track - 1)) told.add(copy);
  }
  return told;
}

function rowsOf(made: Made[], found: Duplicate[], warned: Set<Made>, where = ''): Row[] {
  const rows = Object.entries(ways).map(([what, { kind }]): Row => {
    const copies = made.filter(({ way }) => way === what);
    const told = copies.flatMap((copy) => {
      const id = made.indexOf(copy) + 1;
      return copy.of.slice(0, copy.songs).map((song) => found.find((pair) => isOf(pair, id, song + 1))?.kind);
    });
    const right = told.filter((each) => each === kind).length;
    const others = told.filter((each) => each && each !== kind).length;
    const warnings = copies.filter((copy) => warned.has(copy)).length;
    const notes = [
      others ? `${others} more as another kind` : '',
      warned.size ? `warned when added: ${warnings} of ${copies.length}` : '',
    ];
    return {
      what: where + what,
      value: `${right} of ${told.length}`,
      unit: kind,
      note: notes.filter(Boolean).join('; '),
    };
  });
  const wrong = found.filter(({ track, other }) => {
    const [one, two] = [made[track - 1], made[other - 1]];
    return one && two && !one.of.some((song) => two.of.includes(song));
  });
  const note = wrong.map(({ track, other, kind, seconds, stretches }) => {
    const alike = Math.max(...stretches.map((stretch) => stretch.alike));
    return `${made[track - 1].name} + ${made[other - 1].name}: ${kind}, ${seconds} s, ${alike.toFixed(2)} alike`;
  });
  return [...rows, { what: `${where}wrongly found`, value: wrong.length, unit: 'pairs', note: note.join('; ') }];
}

const isOf = ({ track, other }: Duplicate, one: number, two: number) =>
  (track === one && other === two) || (track === two && other === one);

async function largeRows(made: Made[], tracks: number): Promise<Row[]> {
  const material = { kernel: Uint8Array.from(kernelBytes()), prints: made.map(({ print }) => print), clips: [] };
  const large = await inChromium<LargeSearch>(material, 'duplicates.worker.ts', {
    tracks,
    songs: made.map(({ of }) => of),
  });
  const where = `Chromium, ${tracks} tracks: `;
  return [
    ...rowsOf(made, large.found, new Set(), where),
    {
      what: `${where}pairs of made-up tracks`,
      value: large.madeUp.found,
      unit: 'pairs',
      note: `${large.madeUp.right} with a piece of the same song there`,
    },
    { what: `${where}time`, value: rounded(large.seconds), unit: 's', note: 'at most 600' },
    { what: `${where}progress told`, value: large.progressCount, unit: 'times' },
    { what: `${where}longest time without a turn`, value: rounded(large.longestTurnMs), unit: 'ms' },
  ];
}

/** All songs as they are, then the copies of some. */
async function copies(paths: string[], songs: number, others: number): Promise<Made[]> {
  const kernel = await compileKernel(kernelBytes());
  const printOf = async (sound: Sound) => {
    async function* blocks() {
      for (let at = 0; at < sound.length; at += RATE)
        yield { samples: sound.subarray(at, at + RATE), sampleRate: RATE };
    }
    return (await learnSound(kernel, blocks())).print;
  };
  const taken = paths.slice(0, songs + others);
  const made: Made[] = [];
  for (const [i, path] of taken.entries())
    made.push({ print: await printOf(read(path)), name: basename(path), of: [i], songs: 1 });
  const step = Math.max(1, Math.floor(taken.length / songs));
  for (let i = 0; i < songs; i++) {
    const of = [0, 3, 5].map((later) => (i * step + later) % taken.length);
    const [one, two, three] = of.map((song) => read(taken[song]));
    for (const [way, { make, songs = 1 }] of Object.entries(ways)) {
      const isOfTwo = /longer piece|another song/.test(way);
      const name = `${basename(taken[of[0]])} (${way})`;
      const print = await printOf(make([one, two, three]));
      made.push({ print, name, of: of.slice(0, isOfTwo ? 2 : songs), songs, way });
    }
  }
  return made;
}
