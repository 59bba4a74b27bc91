/** What the library's tests do within a page: see `library.spec.ts`. */

import { readBundle } from '../../src/library/bundle/read-bundle.ts';
import { writeBundle } from '../../src/library/bundle/write-bundle.ts';
import { type Library, openLibrary } from '../../src/library/library.ts';
import { openIndexedDb } from '../../src/library/shelf/indexeddb.ts';
import { openMemory } from '../../src/library/shelf/memory.ts';
import { otherTabs } from '../../src/library/shelf/other-writers.ts';
import { BUSY, faultsOf, live } from '../support/live.ts';
import { someLearnt } from '../support/prints.ts';
import { contract } from '../support/shelf-contract.ts';

const NAME = 'tested';

/** With what JSON would leave out. */
const plain = (value: unknown) =>
  JSON.stringify(value, (_, part) => {
    if (part === undefined) return 'undefined';
    return part instanceof Uint8Array ? `row of ${[...part]}` : part;
  });

let library: Library | undefined;
const told: string[] = [];

const inPage = {
  async open(): Promise<void> {
    const note = ({ name }: Error) => told.push(name);
    library = await openLibrary(await openIndexedDb(NAME, { lost: note, waiting: note }), {
      ...BUSY,
      others: otherTabs(NAME),
    });
  },
  /** Goes on until the page is killed; what is done is told on the console. */
  live: (seed: number) => live(library as Library, seed, (what) => console.log(what)),
  faults: (reports: string[]) => faultsOf(library as Library, reports),
  async add(seed: number, coverBytes = 1): Promise<string> {
    const cover = new Blob([crypto.getRandomValues(new Uint8Array(coverBytes))], { type: 'image/webp' });
    try {
      await library?.add({ ...someLearnt(seed, { seconds: 5 }), cover });
      return 'added';
    } catch (error) {
      return error instanceof Error ? error.name : String(error);
    }
  },
  remove: async (ids: number[]) => library?.remove(ids),
  titles: async () => (await library?.tracks({ limit: 100, sort: 'added' }))?.rows.map(({ title }) => title),
  /** The library as a bundle, in hex. */
  async bundle(): Promise<string> {
    let hex = '';
    await writeBundle(library as Library, 1, { made: 0, fileNames: true }, async (bytes) => {
      for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
    });
    return hex;
  },
  /** Takes in a bundle of so many tracks, as long as the page lives. */
  async takeIn(count: number, how: 'merge' | 'replace'): Promise<void> {
    const other = await openLibrary(openMemory(), BUSY);
    async function* source() {
      for (let seed = 1; seed <= count; seed++) yield someLearnt(2_000_000 + seed, { seconds: 6 });
    }
    await other.addAll(source());
    const pieces: Blob[] = [];
    await writeBundle(other, 1, {}, async (bytes) => void pieces.push(new Blob([bytes as Uint8Array<ArrayBuffer>])));
    console.log('begins');
    await library?.addAll(readBundle(new Blob(pieces), 1), { replace: how === 'replace' });
    console.log('ended');
  },
  /** What a shelf in this browser was seen to do, and what is expected of it, as texts: see `shelf-contract.ts`. */
  async contract(): Promise<Record<string, [seen: string, expected: string][]>> {
    const told: Record<string, [string, string][]> = {};
    for (const [sentence, look] of Object.entries(contract)) {
      const seen = await look(() => openIndexedDb(sentence), true);
      told[sentence] = seen.map(([seen, expected]) => [plain(seen), plain(expected)]);
    }
    return told;
  },
  count: async () => (await library?.tracks({}))?.total,
  told: () => told,
  /** What a newer version of the app does first. */
  async upgrade(): Promise<string> {
    return new Promise((resolve) => {
      const request = indexedDB.open(NAME, 99);
      request.onblocked = () => resolve('blocked');
      request.onsuccess = () => resolve('upgraded');
    });
  },
};

export type InPage = typeof inPage;
Object.assign(globalThis, { inPage });
