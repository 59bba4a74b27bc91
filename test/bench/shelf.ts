/**
 * `npm run bench -- shelf [--tracks 600] [--rounds 3] [--other FILE] [--music FOLDER] [--material FILE]`: the library in a
 * folder: how much disk it takes, and how long adding, opening and asking take. `--other` names a module that opens
 * another kind of shelf, which is then measured in turns with ours. The folder format before LMDB, for one:
 *
 *     git worktree add /tmp/before before-storage
 *     npm run bench -- shelf --other /tmp/before/src/library/folder.ts
 *
 * Stores that are newer than that must be added to `STORES` in its `shelf.ts`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runnerImport } from 'vite';
import { FRAMES_PER_SECOND } from '../../src/kernel/format.ts';
import { unpackPrint } from '../../src/library/prints/print.ts';
import { openLmdb } from '../../src/node/lmdb/lmdb-shelf.ts';
import type { Learnt } from '../../src/types.ts';
import { learntLike } from '../support/tracks-like.ts';
import { material } from './library-material.ts';
import { analysesOf, type Material } from './library-trial.ts';
import { type Music, type OpenShelf, runShelfTrial, type ShelfTrial } from './shelf-trial.ts';
import { type Measured, measured, type Row, rounded } from './table.ts';

const TRACK_SECONDS = 240;
/** At most so many of the tracks are real ones, each with a clip of it as a phone hears it. */
const MOST_REAL = 100;

export async function run(args: string[]): Promise<Measured> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args,
    options: { tracks: text, rounds: text, other: text, music: text, material: text },
  });
  const music = await musicOf(await material(values.music, values.material), Number(values.tracks ?? 600));
  const shelves: [string, OpenShelf][] = [['lmdb', openLmdb]];
  if (values.other) shelves.push([basename(values.other), await otherShelf(resolve(values.other))]);
  const trials = shelves.map((): ShelfTrial[] => []);
  for (let round = 0; round < Number(values.rounds ?? 3); round++) {
    for (const [i, [name, openShelf]] of shelves.entries()) {
      const folder = mkdtempSync(join(tmpdir(), 'entendu-bench-'));
      trials[i].push(await runShelfTrial(openShelf, join(folder, 'shelf'), music));
      rmSync(folder, { recursive: true });
      console.error(`  ${name}: round ${round + 1} done`);
    }
  }
  const [ours, other] = trials.map(figuresOf);
  const rows = ours.map(({ note, ...row }, i): Row => {
    const beside = other && `${basename(values.other as string)}: ${other[i].value}`;
    return { ...row, note: [beside, note].filter(Boolean).join('; ') };
  });
  return measured({ title: `The library in a folder, ${music.tracks.length} tracks of 4 minutes`, rows }, ['lmdb']);
}

async function otherShelf(path: string): Promise<OpenShelf> {
  const { module } = await runnerImport<Record<string, OpenShelf>>(path, { configFile: false, logLevel: 'error' });
  const [, open] = Object.entries(module).find(([name]) => name.startsWith('open')) ?? [];
  if (!open) throw new Error(`${path} exports nothing that opens a shelf`);
  return open;
}

async function musicOf(given: Material, count: number): Promise<Music> {
  const real = given.prints.map((bytes) => unpackPrint(bytes));
  const like = (seed: number) => learntLike(real, seed, TRACK_SECONDS);
  const own = (track: number): Learnt => {
    const seconds = real[track].frameCount / FRAMES_PER_SECOND;
    return { ...like(track), seconds, learntSeconds: seconds, print: given.prints[track] };
  };
  const realCount = Math.min(MOST_REAL, real.length, count);
  const analyses = await analysesOf(given);
  return {
    tracks: Array.from({ length: count }, (_, i) => (i < realCount ? own(i) : like(i))),
    others: Array.from({ length: Math.ceil(count / 3) }, (_, i) => like(2 ** 20 + i)),
    clips: analyses.flatMap(({ track, analysis }) => (track < realCount ? analysis : [])),
  };
}

function figuresOf(trials: readonly ShelfTrial[]): Row[] {
  const all = (what: (trial: ShelfTrial) => number | number[]) => trials.flatMap(what).sort((a, b) => a - b);
  const at = (values: number[], share: number) => rounded(values[Math.floor((values.length - 1) * share)]);
  const bytes = (what: string, of: (trial: ShelfTrial) => number, note?: string): Row => ({
    ...{ what: `on disk after ${what}`, value: at(all(of), 0.5), unit: 'bytes/min', note },
  });
  const ms = (what: string, of: (trial: ShelfTrial) => number[]): Row => ({
    ...{ what: `${what}, median`, value: at(all(of), 0.5), unit: 'ms' },
  });
  const both = (what: string, of: (trial: ShelfTrial) => number[]): Row[] => [
    ms(what, of),
    { what: `${what}, p95`, value: at(all(of), 0.95), unit: 'ms' },
  ];
  return [
    bytes('adding one by one', (trial) => trial.addedBytes, 'at most 14,000'),
    bytes('an import', (trial) => trial.importedBytes),
    bytes('replacing a third', (trial) => trial.changedBytes),
    ...both('adding a track', (trial) => trial.addMs),
    ms('indexing it behind the scenes', (trial) => trial.settleMsPerTrack),
    ms('importing a track', (trial) => trial.importMsPerTrack),
    ...both('removing a track', (trial) => trial.removeMs),
    ...both('opening', (trial) => trial.openMs),
    ...both('query of 5 s, cold', (trial) => trial.coldMs),
    ...both('of this, reading the library', (trial) => trial.coldLibraryMs),
    ...both('query of 5 s, warm', (trial) => trial.warmMs),
    ...both('of this, reading the library', (trial) => trial.warmLibraryMs),
  ];
}
