/**
 * `npm run bench -- library [--tracks 100,1000,10000] [--where node,chromium] [--music FOLDER] [--material FILE]
 * [--clips COUNT]`: how the library fares as it grows. The material file is made of the music if it is not there, and
 * saves the decoding the next time. 100,000 tracks take a long while and some 5 GB of disk.
 */
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLmdb } from '../../src/node/lmdb/lmdb-shelf.ts';
import { inChromium } from './chromium.ts';
import { collectGarbage } from './garbage.ts';
import { material } from './library-material.ts';
import { type Material, runTrial, type Trial } from './library-trial.ts';
import { type Measured, measured, type Row, rounded } from './table.ts';

interface Hosted extends Trial {
  where: string;
  storedBytes: number;
  /** Of these, the mirror of the index. */
  mirrorBytes: number;
}

function option(args: string[], name: string): string | undefined {
  const at = args.indexOf(`--${name}`);
  return at < 0 ? undefined : args[at + 1];
}

async function inNode(given: Material, tracks: number): Promise<Hosted> {
  const folder = mkdtempSync(join(tmpdir(), 'entendu-bench-'));
  try {
    const trial = await runTrial(given, tracks, {
      openShelf: () => openLmdb(folder),
      openMirror: async () => undefined,
      async memoryBytes() {
        collectGarbage();
        const { heapUsed, arrayBuffers } = process.memoryUsage();
        return heapUsed + arrayBuffers;
      },
      told: (what) => console.error(`  node, ${tracks}: ${what}`),
    });
    const storedBytes = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
    return { ...trial, where: 'node', storedBytes, mirrorBytes: 0 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const hosts: Record<string, (given: Material, tracks: number) => Promise<Hosted>> = {
  node: inNode,
  async chromium(given, tracks) {
    const trial = await inChromium<Omit<Hosted, 'where'>>(given, 'library.worker.ts', { tracks });
    return { ...trial, where: 'chromium' };
  },
};

const percentile = (values: number[], share: number) =>
  values.length === 0 ? 0 : [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * share)];

function rowsOf(trial: Hosted): Row[] {
  const minutes = trial.seconds / 60;
  const at = `${trial.where} ${trial.tracks}`;
  const row = (what: string, value: number, unit: string, note?: string): Row => ({
    what: `${at}: ${what}`,
    value: rounded(value),
    unit,
    note,
  });
  const halves = (what: string, values: number[], note?: string) => [
    row(`${what}, half within`, percentile(values, 0.5), 'ms'),
    row(`${what}, 95 % within`, percentile(values, 0.95), 'ms', note),
  ];
  const asked = trial.right + trial.wrong + trial.missed;
  return [
    row('adding a track as one of many', trial.importMsPerTrack, 'ms'),
    row('sorting its landmarks in', trial.settleMsPerTrack, 'ms'),
    ...halves('adding one more track', trial.addMs),
    row('listing, sorted: first time', trial.listMs[0], 'ms'),
    row('listing: each letter typed', Math.max(...trial.listMs.slice(1)), 'ms'),
    row('opening', trial.openMs, 'ms', 'under 1000'),
    row('first query after it', trial.firstQueryMs, 'ms'),
    ...halves('query of 5 s, cold', trial.coldMs, '10,000 tracks: under 600'),
    ...halves('query of 5 s, cold, without a mirror', trial.bareColdMs),
    ...halves('query of 5 s, warm', trial.warmMs, '10,000 tracks: under 250'),
    ...halves('query of 5 s of an absent track, cold', trial.coldAbsentMs),
    ...halves('query of 5 s of an absent track, warm', trial.warmAbsentMs),
    ...halves('looking up 1,500 landmarks, cold', trial.lookupMs),
    ...halves('the library in a cold query', trial.coldLibraryMs),
    ...halves('query while sorting in', trial.busyMs),
    row('merging segments, longest', Math.max(0, ...trial.mergeMs), 'ms', `${trial.mergeMs.length} times`),
    row('longest pause while sorting in', trial.pauseMs, 'ms'),
    row('prints', trial.bytes.prints / minutes, 'bytes/min', 'under 4000'),
    row('prints and index', (trial.bytes.prints + trial.bytes.index) / minutes, 'bytes/min', 'under 15,000'),
    row('stored in all', trial.storedBytes / minutes, 'bytes/min'),
    row('of these, in the mirror', trial.mirrorBytes / minutes, 'bytes/min'),
    row('memory', trial.memoryMegabytes, 'MB', 'under 150'),
    row('segments', trial.segments, ''),
    row('clips of tracks inside: right', (100 * trial.right) / asked, '%', `${asked} clips, from a room`),
    row('clips of tracks inside: wrong', (100 * trial.wrong) / asked, '%'),
    row('clips of absent tracks: false alarms', (100 * trial.falseAlarms) / trial.absent, '%', `${trial.absent} clips`),
  ];
}

export async function run(args: string[]): Promise<Measured> {
  const sizes = (option(args, 'tracks') ?? '100,1000,10000').split(',').map(Number);
  const places = (option(args, 'where') ?? 'node,chromium').split(',');
  const given = await material(option(args, 'music'), option(args, 'material'));
  given.clips.length = Math.min(given.clips.length, Number(option(args, 'clips') ?? Infinity));
  const rows: Row[] = [];
  for (const place of places) {
    for (const tracks of sizes) rows.push(...rowsOf(await hosts[place](given, tracks)));
  }
  return measured({ title: 'The library', rows });
}
