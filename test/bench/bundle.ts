/**
 * `npm run bench -- bundle [--tracks 10000] [--where node,chromium] [--music FOLDER] [--material FILE]`: a library goes
 * out as one file, and comes into another.
 */
import { mkdtempSync, openAsBlob, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLmdb } from '../../src/node/lmdb/lmdb-shelf.ts';
import { type Journey, runBundleTrial, TRACK_SECONDS } from './bundle-trial.ts';
import { inChromium } from './chromium.ts';
import { collectGarbage } from './garbage.ts';
import { material } from './library-material.ts';
import type { Material } from './library-trial.ts';
import { type Measured, measured, type Row, rounded } from './table.ts';

const held = () => {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 2 ** 20;
};

/** Garbage included, as it is there until it is collected. */
async function watchMemory() {
  collectGarbage();
  const before = held();
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most, held());
  }, 20);
  return {
    async end() {
      clearInterval(timer);
      return most - before;
    },
  };
}

async function inNode({ prints }: Material, tracks: number): Promise<Journey> {
  const folder = mkdtempSync(join(tmpdir(), 'entendu-bench-'));
  let files = 0;
  try {
    return await runBundleTrial(prints, tracks, {
      openShelf: (name) => openLmdb(join(folder, name)),
      async openFile() {
        const path = join(folder, `${files++}.entendu`);
        const file = await open(path, 'w');
        return {
          async write(bytes) {
            await file.write(bytes);
          },
          async done() {
            await file.close();
            return openAsBlob(path);
          },
        };
      },
      watchMemory,
      told: (what) => console.error(`  node: ${what}`),
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const hosts: Record<string, (given: Material, tracks: number) => Promise<Journey>> = {
  node: inNode,
  chromium: (given, tracks) => inChromium<Journey>({ ...given, clips: [] }, 'bundle.worker.ts', { tracks }),
};

export async function run(args: string[]): Promise<Measured> {
  const option = (name: string) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
  const tracks = Number(option('--tracks') ?? 10_000);
  const given = await material(option('--music'), option('--material'));
  const rows: Row[] = [];
  for (const where of (option('--where') ?? 'node,chromium').split(',')) {
    const { bytes, export: out, import: back } = await hosts[where](given, tracks);
    const minutes = (tracks * TRACK_SECONDS) / 60;
    const row = (what: string, value: number, unit: string, note?: string): Row => ({
      what: `${where}: ${what}`,
      value: rounded(value),
      unit,
      note,
    });
    rows.push(
      row('size', bytes / minutes, 'bytes/min', 'under 4000'),
      row('export, a track', out.ms / tracks, 'ms'),
      row('export, memory', out.megabytes, 'MB', 'under 200'),
      row('import, a track', back.ms / tracks, 'ms', 'at most 2'),
      row('import, memory', back.megabytes, 'MB', 'under 200'),
    );
  }
  return measured({ title: `A bundle of ${tracks} tracks of 4 minutes`, rows });
}
