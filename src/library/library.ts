/**
 * The library: tracks, their prints and covers, and the index over them, on whatever shelf it is given.
 *
 *     const library = await openLibrary(await openIndexedDb('entendu'), { landmarksOf, gapFrames: GAP_FRAMES });
 *     const track = await library.add(learnt);        // fully there when this resolves, or not at all
 *     library.tracks({ search: 'nocturne' });         // a page of tracks
 *     await library.lookup(hashes);                   // it is the index that matching asks (match/index-view.ts)
 */
import { UserError } from '../errors.ts';
import type { Learnt, Print, Tags, Track, TrackId } from '../types.ts';
import { Cache } from './cache.ts';
import { Catalogue, plainTrack, type TrackPage, type TrackQuery } from './catalogue.ts';
import { type Neighbours, noNeighbours } from './neighbours.ts';
import { unpackPrint } from './print.ts';
import { packCover, packJson, ROWS_VERSION, type State, type TrackRow, unpackCover, unpackJson } from './row.ts';
import { runOf } from './run.ts';
import { type Change, type Row, type Shelf, without } from './shelf.ts';
import { type Postings, TapeIndex } from './tape-index.ts';

/** What the library has to be told, as its room knows nothing of matching. */
export interface LibraryOptions {
  /** Landmarks of a print, in the order of their frames. */
  landmarksOf: (print: Print) => { count: number; hashes: Uint32Array; frames: Uint32Array };
  /** Frames of the tape left empty before each track. */
  gapFrames: number;
  /** Other tabs. */
  neighbours?: Neighbours;
}

export interface LibraryStatus {
  trackCount: number;
  seconds: number;
  peakCount: number;
  postingCount: number;
  bytes: { prints: number; index: number; tracks: number; covers: number };
  /** Tracks not yet sealed into a segment. */
  unsealed: number;
  segments: number;
  /** What was found damaged and could not be repaired; empty when all is well. */
  damaged: string[];
}

export type LibraryChange = { kind: 'tracks' | 'status' };

const PRINT_CACHE_BYTES = 24 * 2 ** 20;
/** The last place on the tape. */
const TAPE_END = 2 ** 32;

export async function openLibrary(shelf: Shelf, options: LibraryOptions): Promise<Library> {
  const library = new Library(shelf, options);
  await library.open();
  return library;
}

export class Library {
  private state!: State;
  private readonly catalogue = new Catalogue();
  private readonly index = new TapeIndex();
  private readonly printCache = new Cache<TrackId, Print>(PRINT_CACHE_BYTES);
  private readonly neighbours: Neighbours;
  private readonly watchers = new Set<(change: LibraryChange) => void>();
  private readonly damaged = new Set<string>();

  constructor(
    private readonly shelf: Shelf,
    private readonly options: LibraryOptions,
  ) {
    this.neighbours = options.neighbours ?? noNeighbours();
  }

  async open(): Promise<void> {
    const [kept] = await this.shelf.read('state', [0]);
    this.state = kept
      ? unpackJson<State>(kept)
      : {
          version: ROWS_VERSION,
          generation: 0,
          firstTrack: 1,
          nextTrack: 1,
          nextTapeStart: this.options.gapFrames,
          nextSegment: 1,
        };
    if (this.state.version > ROWS_VERSION) {
      throw new UserError('LibraryNewer', 'A newer version of Entendu wrote this library.');
    }
    const { firstTrack, nextTrack } = this.state;
    for (const [id, row] of await this.shelf.list('tracks', firstTrack, nextTrack)) this.take(id, row);
    const rows = this.catalogue.rows();
    const prints = await this.shelf.read(
      'prints',
      rows.map(({ id }) => id),
    );
    for (const [i, print] of prints.entries()) if (print) this.indexPrint(rows[i], unpackPrint(print));
  }

  // The catalogue.

  get trackCount(): number {
    return this.catalogue.stretches().tracks.length;
  }

  tracks(query: TrackQuery): TrackPage {
    return this.catalogue.page(query);
  }

  track(id: TrackId): Track | undefined {
    const row = this.catalogue.row(id);
    return row && !row.removed ? plainTrack(row) : undefined;
  }

  /** The track that was learnt from these bytes. */
  known(contentId: string): Track | undefined {
    const row = this.catalogue.withContent(contentId);
    return row && plainTrack(row);
  }

  async cover(id: TrackId): Promise<Blob | undefined> {
    const [row] = await this.shelf.read('covers', [id]);
    return row && unpackCover(row);
  }

  async status(): Promise<LibraryStatus> {
    const rows = this.catalogue.rows().filter(({ removed }) => !removed);
    const sum = (of: (row: TrackRow) => number) => rows.reduce((total, row) => total + of(row), 0);
    return {
      trackCount: rows.length,
      seconds: sum(({ learntSeconds }) => learntSeconds),
      peakCount: sum(({ peakCount }) => peakCount),
      postingCount: this.index.postingCount,
      bytes: {
        prints: sum(({ printBytes }) => printBytes),
        index: 0,
        tracks: sum((row) => JSON.stringify(row).length + 4),
        covers: sum(({ coverBytes }) => coverBytes),
      },
      unsealed: rows.length,
      segments: 0,
      damaged: [...this.damaged],
    };
  }

  // Changes. Each is there as a whole when it resolves, or, after a crash before that, not at all.

  /** Adds a track, whether or not its like is there already. */
  async add(learnt: Learnt): Promise<Track> {
    const print = unpackPrint(learnt.print);
    const cover = learnt.cover && (await packCover(learnt.cover));
    const row = await this.alone(async () => {
      const { nextTrack: id, nextTapeStart: tapeStart } = this.state;
      const nextTapeStart = tapeStart + print.frameCount + this.options.gapFrames;
      if (nextTapeStart > TAPE_END) throw new UserError('StorageFull', 'The library holds no more than 27,000 hours.');
      const row: TrackRow = {
        ...learnt.tags,
        id,
        contentId: learnt.contentId,
        fileName: learnt.fileName,
        seconds: learnt.seconds,
        learntSeconds: learnt.learntSeconds,
        peakCount: print.count,
        added: Date.now(),
        enabled: true,
        hasCover: cover !== undefined,
        tapeStart,
        frameCount: print.frameCount,
        printBytes: learnt.print.length,
        coverBytes: cover?.length ?? 0,
      };
      const changes: Change[] = [
        { store: 'tracks', key: id, row: packJson(row) },
        { store: 'prints', key: id, row: Uint8Array.from(learnt.print) },
      ];
      if (cover) changes.push({ store: 'covers', key: id, row: cover });
      await this.write(changes, { nextTrack: id + 1, nextTapeStart });
      this.catalogue.put(row);
      this.indexPrint(row, print);
      this.tell([id]);
      return row;
    });
    return plainTrack(row);
  }

  /** Changes tags, or takes a track out of the answers (`enabled`). A tag set to undefined is taken away. */
  edit(id: TrackId, changes: Partial<Tags> & { enabled?: boolean }): Promise<void> {
    return this.replaceRows([id], (row) => ({ ...row, ...changes }));
  }

  /** Takes tracks out; until the library is closed, `restore` puts them back. */
  remove(ids: TrackId[]): Promise<void> {
    return this.replaceRows(ids, (row) => ({ ...row, removed: true }));
  }

  restore(ids: TrackId[]): Promise<void> {
    return this.replaceRows(ids, ({ removed, ...row }) => row);
  }

  /** Calls back after every change; returns what ends it. */
  watch(changed: (change: LibraryChange) => void): () => void {
    this.watchers.add(changed);
    return () => this.watchers.delete(changed);
  }

  /** Removed tracks are gone for good. */
  async close(): Promise<void> {
    await this.alone(() => this.purge());
    this.neighbours.leave();
    await this.shelf.close();
  }

  // The index, as matching asks for it.

  get postingCount(): number {
    return this.index.postingCount;
  }

  counts(hashes: Uint32Array): Promise<Uint32Array> {
    return this.index.counts(hashes);
  }

  lookup(hashes: Uint32Array): Promise<Postings> {
    return this.index.lookup(hashes);
  }

  stretches() {
    return this.catalogue.stretches();
  }

  async prints(tracks: TrackId[]): Promise<(Print | undefined)[]> {
    const missing = tracks.filter((id) => !this.printCache.get(id));
    const fresh = new Map<TrackId, Print>();
    for (const [i, row] of (await this.shelf.read('prints', missing)).entries()) {
      if (!row) continue;
      const print = unpackPrint(row);
      fresh.set(missing[i], print);
      this.printCache.set(missing[i], print, print.count * 7);
    }
    return tracks.map((id) => fresh.get(id) ?? this.printCache.get(id));
  }

  private take(id: TrackId, row: Row): void {
    try {
      this.catalogue.put(unpackJson<TrackRow>(row));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      this.damaged.add(`track ${id}`);
    }
  }

  private indexPrint({ tapeStart }: TrackRow, print: Print): void {
    this.index.add(runOf(this.options.landmarksOf(print), tapeStart));
  }

  private alone<T>(work: () => Promise<T>): Promise<T> {
    return this.neighbours.alone('write', work);
  }

  private async write(changes: Change[], advance: Partial<State> = {}): Promise<void> {
    const state = { ...this.state, ...advance, generation: this.state.generation + 1 };
    await this.shelf.write([...changes, { store: 'state', key: 0, row: packJson(state) }]);
    this.state = state;
  }

  private replaceRows(ids: TrackId[], change: (row: TrackRow) => TrackRow): Promise<void> {
    return this.alone(async () => {
      const rows = ids.flatMap((id) => this.catalogue.row(id) ?? []).map(change);
      await this.write(rows.map((row) => ({ store: 'tracks', key: row.id, row: packJson(row) })));
      for (const row of rows) this.catalogue.put(row);
      this.tell(ids);
    });
  }

  private async purge(): Promise<void> {
    const gone = this.catalogue.rows().filter(({ removed }) => removed);
    if (gone.length === 0) return;
    await this.write(
      gone.flatMap(({ id }) => (['tracks', 'prints', 'covers'] as const).map((store) => without(store, id))),
    );
    for (const { id } of gone) this.catalogue.delete(id);
  }

  private tell(tracks: TrackId[]): void {
    this.neighbours.tell({ generation: this.state.generation, tracks });
    for (const watcher of this.watchers) watcher({ kind: 'tracks' });
  }
}
