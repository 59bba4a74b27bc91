/** `npm run bench -- bundle [--tracks 10000] [--music FOLDER]`: a library goes out as one file, and comes into another. */
import { mkdtempSync, openAsBlob, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readBundle, writeBundle } from '../../src/library/bundle.ts';
import { openFolder } from '../../src/library/folder.ts';
import { openLibrary } from '../../src/library/library.ts';
import { unpackPrint } from '../../src/library/print.ts';
import { matching } from '../support/matching.ts';
import { learntLike } from '../support/tracks-like.ts';
import { material } from './library-material.ts';
import { type Measured, measured, rounded } from './table.ts';

const TRACK_SECONDS = 240;

/** The most memory that was held while work went on, megabytes, and the milliseconds and CPU milliseconds it took. */
async function watched(work: () => Promise<unknown>): Promise<{ ms: number; cpuMs: number; megabytes: number }> {
  let megabytes = 0;
  const look = () => {
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    megabytes = Math.max(megabytes, (heapUsed + arrayBuffers) / 2 ** 20);
  };
  const timer = setInterval(look, 20);
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(cpu);
  clearInterval(timer);
  return { ms: performance.now() - start, cpuMs: (user + system) / 1000, megabytes };
}

export async function run(args: string[]): Promise<Measured> {
  const option = (name: string) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
  const tracks = Number(option('--tracks') ?? 10_000);
  const real = (await material(option('--music'))).prints.map((bytes) => unpackPrint(bytes));
  const folder = mkdtempSync(join(tmpdir(), 'entendu-bench-'));
  try {
    const path = join(folder, 'library.entendu');
    const library = await openLibrary(await openFolder(join(folder, 'from')), matching);
    async function* source() {
      for (let i = 0; i < tracks; i++) yield learntLike(real, i, TRACK_SECONDS);
    }
    await library.addAll(source());
    const file = await open(path, 'w');
    const out = await watched(() =>
      writeBundle(library, real[0].format, { name: 'All' }, async (bytes) => void (await file.write(bytes))),
    );
    await file.close();
    await library.close();

    const other = await openLibrary(await openFolder(join(folder, 'to')), matching);
    const bundle = await openAsBlob(path);
    const back = await watched(() => other.addAll(readBundle(bundle, real[0].format)));
    await other.close();
    const minutes = (tracks * TRACK_SECONDS) / 60;
    return measured({
      title: `A bundle of ${tracks} tracks of 4 minutes`,
      rows: [
        { what: 'size', value: rounded(statSync(path).size / minutes), unit: 'bytes/min', note: 'under 4000' },
        { what: 'export, a track', value: rounded(out.ms / tracks), unit: 'ms' },
        { what: 'export, a track, CPU', value: rounded(out.cpuMs / tracks), unit: 'ms' },
        { what: 'export, memory', value: rounded(out.megabytes), unit: 'MB', note: 'under 200' },
        { what: 'import, a track', value: rounded(back.ms / tracks), unit: 'ms', note: 'at most 2' },
        { what: 'import, a track, CPU', value: rounded(back.cpuMs / tracks), unit: 'ms' },
        { what: 'import, memory', value: rounded(back.megabytes), unit: 'MB', note: 'under 200' },
      ],
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
