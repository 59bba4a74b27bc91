/** A library in a folder, from adding its tracks to changing a third of them. The same for any shelf. */
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { clocked } from '../../src/engine/clips/clocked-index.ts';
import { type Library, openLibrary } from '../../src/library/library.ts';
import type { Shelf } from '../../src/library/shelf/shelf.ts';
import type { Analysis } from '../../src/match/analysis.ts';
import { searchClip } from '../../src/match/search.ts';
import type { Learnt } from '../../src/types.ts';
import { matching } from '../support/matching.ts';

export type OpenShelf = (folder: string) => Promise<Shelf>;

export interface ShelfTrial {
  /** Bytes on disk for each minute of music: after adding one by one, after an import, after changing a third. */
  addedBytes: number;
  importedBytes: number;
  changedBytes: number;
  /** Milliseconds, one number for each time. */
  addMs: number[];
  importMsPerTrack: number[];
  /** Of one track, until it is in a segment. */
  settleMsPerTrack: number[];
  removeMs: number[];
  openMs: number[];
  coldMs: number[];
  coldLibraryMs: number[];
  warmMs: number[];
  warmLibraryMs: number[];
}

export interface Music {
  tracks: readonly Learnt[];
  /** For the tracks that take the place of a third of them. */
  others: readonly Learnt[];
  clips: readonly Analysis[];
}

const OPENINGS = 10;

async function timed<T>(times: number[], work: () => Promise<T>, share = 1): Promise<T> {
  const start = performance.now();
  const result = await work();
  times.push((performance.now() - start) / share);
  return result;
}

/** What the files take on the disk. A sparse file is longer than that. */
function diskBytes(folder: string): number {
  return readdirSync(folder).reduce((sum, name) => sum + 512 * statSync(join(folder, name)).blocks, 0);
}

async function* each(tracks: readonly Learnt[]) {
  yield* tracks;
}

export async function runShelfTrial(openShelf: OpenShelf, folder: string, music: Music): Promise<ShelfTrial> {
  const { tracks, others } = music;
  const minutes = tracks.reduce((sum, { seconds }) => sum + seconds, 0) / 60;
  const open = async (name: string) => openLibrary(await openShelf(join(folder, name)), matching);
  const sizeOf = (name: string) => diskBytes(join(folder, name)) / minutes;
  const times = {
    ...{ addMs: [], importMsPerTrack: [], settleMsPerTrack: [], removeMs: [], openMs: [] },
    ...{ coldMs: [], coldLibraryMs: [], warmMs: [], warmLibraryMs: [] },
  } satisfies Record<string, number[]>;
  mkdirSync(folder);

  let library = await open('added');
  for (const track of tracks) await timed(times.addMs, () => library.add(track));
  await timed(times.settleMsPerTrack, () => library.settled(), tracks.length);
  await library.close();
  const addedBytes = sizeOf('added');

  library = await open('imported');
  await timed(times.importMsPerTrack, () => library.addAll(each(tracks)), tracks.length);
  await library.settled();
  await library.close();
  const importedBytes = sizeOf('imported');

  for (let i = 0; i < OPENINGS; i++) {
    library = await timed(times.openMs, () => open('added'));
    await library.settled();
    await library.close();
  }
  library = await open('added');
  await library.settled();
  for (const clip of music.clips) {
    library.dropCaches();
    await ask(library, clip, times.coldMs, times.coldLibraryMs);
  }
  for (const clip of music.clips) await ask(library, clip, times.warmMs, times.warmLibraryMs);

  const gone = library.ids().filter((_, i) => i % 3 === 0);
  for (const id of gone) await timed(times.removeMs, () => library.remove([id]));
  await library.close(); // only now their rows go
  library = await open('added');
  for (const track of others) await library.add(track);
  await library.settled();
  await library.close();
  return { ...times, addedBytes, importedBytes, changedBytes: sizeOf('added') };
}

async function ask(library: Library, clip: Analysis, queryMs: number[], libraryMs: number[]): Promise<void> {
  const index = clocked(library);
  await timed(queryMs, () => searchClip(clip, index));
  libraryMs.push(index.elapsedMs);
}
