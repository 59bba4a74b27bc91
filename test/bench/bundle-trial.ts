/** A library goes out as one bundle and comes into another library: the same in Node and in a browser's worker. */

import { readBundle } from '../../src/library/bundle/read-bundle.ts';
import { writeBundle } from '../../src/library/bundle/write-bundle.ts';
import { openLibrary } from '../../src/library/library.ts';
import { unpackPrint } from '../../src/library/prints/print.ts';
import type { Shelf } from '../../src/library/shelf/shelf.ts';
import { matching } from '../support/matching.ts';
import { learntLike } from '../support/tracks-like.ts';

export const TRACK_SECONDS = 240;

const noLandmarks = () => ({ count: 0, hashes: new Uint32Array(0), frames: new Uint32Array(0) });

export interface Journey {
  bytes: number;
  export: Effort;
  import: Effort;
}

interface Effort {
  ms: number;
  /** The most that was held meanwhile, beyond what was before. */
  megabytes: number;
}

/** Where a trial runs. */
export interface BundleHost {
  openShelf(name: string): Promise<Shelf>;
  /** A file to write to; `done` closes it and hands it out for reading. */
  openFile(): Promise<{ write(bytes: Uint8Array): Promise<void>; done(): Promise<Blob> }>;
  /** Tells the most memory that work needed. */
  watchMemory(): Promise<{ end(): Promise<number> }>;
  told(what: string): void;
}

export async function runBundleTrial(prints: Uint8Array[], tracks: number, host: BundleHost): Promise<Journey> {
  const real = prints.map((bytes) => unpackPrint(bytes));
  // Without landmarks, so that no sorting in goes on while the bundle is written.
  const library = await openLibrary(await host.openShelf('from'), { ...matching, landmarksOf: noLandmarks });
  async function* source() {
    for (let i = 0; i < tracks; i++) yield learntLike(real, i, TRACK_SECONDS);
  }
  await library.addAll(source());
  host.told(`${tracks} tracks made`);
  await library.settled();

  async function effort(work: () => Promise<unknown>): Promise<number> {
    const start = performance.now();
    await work();
    return performance.now() - start;
  }
  const write = (file: Awaited<ReturnType<BundleHost['openFile']>>) =>
    writeBundle(library, real[0].format, { name: 'All' }, file.write);
  const read = async (bundle: Blob, name: string) => {
    const other = await openLibrary(await host.openShelf(name), matching);
    const ms = await effort(() => other.addAll(readBundle(bundle, real[0].format)));
    await other.close();
    return ms;
  };

  // Once for the time, and once more for the memory, as measuring that takes time itself.
  const file = await host.openFile();
  const exportMs = await effort(() => write(file));
  const bundle = await file.done();
  host.told('exported');
  const importMs = await read(bundle, 'to');
  host.told('imported');
  const exporting = await host.watchMemory();
  const again = await host.openFile();
  await write(again);
  const exportMegabytes = await exporting.end();
  await again.done();
  await library.close();
  const importing = await host.watchMemory();
  await read(bundle, 'to, again');
  const importMegabytes = await importing.end();
  return {
    bytes: bundle.size,
    export: { ms: exportMs, megabytes: exportMegabytes },
    import: { ms: importMs, megabytes: importMegabytes },
  };
}
