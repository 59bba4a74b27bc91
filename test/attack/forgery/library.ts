/** A library to be damaged: some forty tracks, some removed, an index of several segments; and the same a little earlier. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEngine } from '../../../src/engine/engine.ts';
import { openLibrary } from '../../../src/library/library.ts';
import type { Shelf } from '../../../src/library/shelf/shelf.ts';
import { openLmdb } from '../../../src/node/lmdb/lmdb-shelf.ts';
import { kernelModule } from '../../support/kernel.ts';
import { BUSY } from '../../support/live.ts';
import { someLearnt } from '../../support/prints.ts';
import { type Contents, contentsOf, Probe } from '../library-check.ts';

const FIRST = 30;
const LATER = 38;

export interface Victim {
  /** What the library holds. */
  contents: Contents;
  /** Real music among it, that can be asked for. */
  songs: Probe[];
  /** Not in it. */
  stranger: Probe;
  /** Content ids of the tracks numbered 1 and 2. */
  firstIds: [string, string];
}

/** No two are of one length: whose print it is can be told by that. */
const madeUp = (seed: number) => someLearnt(seed, { seconds: 4 + seed / 8 });

const songs = [2, 3, 4].map((seed) => new Probe(seed));

/** Fills a shelf; `halfway` is called when most is there. Closes it. */
export async function fill(open: () => Promise<Shelf>, halfway = () => {}): Promise<Victim> {
  let library = await openLibrary(await open(), BUSY);
  const cover = new Blob([new Uint8Array(3000).fill(7)], { type: 'image/png' });
  for (let seed = 1; seed <= FIRST; seed++) {
    await library.add({ ...madeUp(seed), ...(seed % 3 === 0 && { cover }) });
    if (seed % 10 === 0) await library.add(songs[seed / 10 - 1].learnt);
  }
  await library.settled();
  await library.remove([3, 4, 5]);
  await library.close();
  halfway();
  library = await openLibrary(await open(), BUSY);
  for (let seed = FIRST + 1; seed <= LATER; seed++) await library.add(madeUp(seed));
  await library.edit(1, { title: 'Edited' });
  await library.settled();
  await library.close();
  const engine = await openEngine({ shelf: await open(), kernel: kernelModule });
  const contents = await contentsOf(engine);
  await engine.close();
  return { contents, songs, stranger: new Probe(1), firstIds: [madeUp(1).contentId, madeUp(2).contentId] };
}

export interface FolderVictim extends Victim {
  folder: string;
  /** The same folder, some tracks earlier. */
  earlier: string;
  remove(): void;
}

export async function folderVictim(): Promise<FolderVictim> {
  const base = mkdtempSync(join(tmpdir(), 'entendu-victim-'));
  const [folder, earlier] = [join(base, 'library'), join(base, 'earlier')];
  const victim = await fill(
    () => openLmdb(folder),
    () => cpSync(folder, earlier, { recursive: true }),
  );
  return { ...victim, folder, earlier, remove: () => rmSync(base, { recursive: true, force: true }) };
}
