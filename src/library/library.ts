/**
 * The library: tracks, their prints and covers, and the index over them, on any shelf.
 *
 *     const library = await openLibrary(shelf, { landmarksOf, landmarkFormat, hashBits, gapFrames });
 *     const track = await library.add(learnt);        // atomic: the track is stored when this resolves
 *     await library.tracks({ search: 'nocturne' });   // a page of tracks
 *     await library.lookup(hashes);                   // the index for matching (match/index-view.ts)
 *
 * Its parts depend on each other in one direction only:
 *
 *     Library -> Changes -> Health -> AddTracks -> Writer -> Contents -> tracks, index, prints -> shelf
 */
import { UserError } from '../errors.ts';
import type { Postings, Print, Tags, Track, TrackId } from '../types.ts';
import { Background } from './background.ts';
import type { Progress } from './bundle/write-bundle.ts';
import type { Changes } from './changes.ts';
import { Contents, type ContentsOptions } from './contents.ts';
import { Gate } from './gate.ts';
import type { CheckResult } from './health/health.ts';
import { type LibraryStatus, statusOf } from './health/library-status.ts';
import { KeptRows } from './rows/kept-rows.ts';
import { plainTrack, type TrackRow, unpackCover } from './rows/row-bytes.ts';
import { SearchReads } from './search-reads.ts';
import { noOtherWriters, type OtherWriters } from './shelf/other-writers.ts';
import type { Row, Shelf } from './shelf/shelf.ts';
import type { Addition, ManyOptions } from './tracks/add-tracks.ts';
import type { TrackFinder } from './tracks/find-tracks.ts';
import type { Incoming } from './tracks/new-rows.ts';
import type { TrackGroup } from './tracks/track-groups.ts';
import type { TrackPage, TrackQuery } from './tracks/track-search.ts';
import { type LibraryChange, Writer } from './writer.ts';

interface LibraryOptions extends ContentsOptions {
  /** Coordination with other tabs that have the library open. */
  others?: OtherWriters;
}

/** New segments that may be due in memory, of some 4 MB each, before `indexed` waits for them. */
const MOST_UNSEALED = 4;

/** What can be changed of a track. */
type Changed = Partial<Tags> & { enabled?: boolean; added?: number };

export async function openLibrary(shelf: Shelf, options: LibraryOptions): Promise<Library> {
  const library = new Library(shelf, options);
  await library.open();
  return library;
}

export class Library {
  private readonly contents: Contents;
  private readonly writer: Writer;
  private changes: Promise<Changes> | undefined;
  private finder: Promise<TrackFinder> | undefined;
  private readonly background: Background;
  private readonly gate = new Gate();
  private readonly reads: SearchReads;
  /** Rows that are kept for others. */
  readonly kept: KeptRows;
  private readonly removedHere = new Set<TrackId>();

  constructor(
    private readonly shelf: Shelf,
    { others = noOtherWriters(), ...options }: LibraryOptions,
  ) {
    this.contents = new Contents(shelf, options);
    this.writer = new Writer(this.contents, others);
    this.reads = new SearchReads(this.contents, this.writer, this.gate, () => this.wake());
    this.kept = new KeptRows(this.contents, this.writer, this.gate);
    this.background = new Background(async () => (await this.loadChanges()).step());
    this.writer.watch(({ kind }) => kind === 'tracks' && this.wake());
  }

  async open(): Promise<void> {
    await this.writer.open();
    this.wake();
  }

  // Reading.

  /** A page of the tracks that match; if none does, of those that nearly match. */
  async tracks(query: TrackQuery): Promise<TrackPage> {
    return (await this.loadFinder()).page(query);
  }

  /** The ids of all tracks that match, in order. */
  async idsOf(query: TrackQuery): Promise<TrackId[]> {
    return (await this.loadFinder()).ids(query);
  }

  /** Prepares for searches, so that the first one is as fast as the others. */
  prepareSearch(): Promise<void> {
    return this.gate.run(async () => (await this.loadFinder()).prepare());
  }

  async groups(by: 'artist' | 'album', search?: string): Promise<TrackGroup[]> {
    return (await this.loadFinder()).groups(by, search);
  }

  track(id: TrackId): Track | undefined {
    const row = this.contents.tracks.row(id);
    return row && !row.removed ? plainTrack(row) : undefined;
  }

  /** The track that was learnt from these bytes. */
  known(contentId: string): Track | undefined {
    const row = this.contents.tracks.withContent(contentId);
    return row && plainTrack(row);
  }

  ids(): TrackId[] {
    return this.contents.tracks.rows().flatMap(({ id, removed }) => (removed === undefined ? id : []));
  }

  /** Packed prints; a damaged one is undefined. */
  packedPrints(ids: TrackId[]): Promise<(Row | undefined)[]> {
    return this.gate.run(() => this.contents.prints.readPacked(ids));
  }

  /** Whether its row is in storage now, whatever this program knew before. */
  isStored(id: TrackId): Promise<boolean> {
    return this.gate.run(async () => (await this.shelf.keys('tracks', id, id + 1)).length > 0);
  }

  cover(id: TrackId): Promise<Blob | undefined> {
    return this.gate.run(async () => {
      const [row] = await this.shelf.read('covers', [id]);
      return row && unpackCover(row);
    });
  }

  async status(): Promise<LibraryStatus> {
    return statusOf(this.contents, this.background.trouble);
  }

  // Changing. A change is stored when its promise resolves. A crash before that undoes it.

  /** Adds a track, or returns the one that was learnt from the same bytes before. */
  async add(learnt: Incoming): Promise<Track> {
    const addition = await this.addIfNew(learnt);
    return (addition as { track: Track }).track; // `changed` needs an `addedCount`
  }

  /**
   * Like `add`, but the result says whether the track was known. With an earlier `addedCount`, nothing is added if other tracks have
   * been added since: a caller that compares the new track with all others must then compare again.
   */
  addIfNew(learnt: Incoming, addedCount?: number): Promise<Addition> {
    return this.gate.run(async () => (await this.loadChanges()).adding.one(learnt, addedCount));
  }

  /** Increases with every track added. */
  get addedCount(): number {
    return this.writer.addedCount;
  }

  /** Adds all tracks of the source that are not known yet, or none if the source throws or the signal aborts. */
  addAll(source: AsyncIterable<Incoming>, options?: ManyOptions): Promise<{ added: number; known: number }> {
    return this.gate.run(async () => (await this.loadChanges()).adding.many(source, options));
  }

  /** Changes tags, or whether the track can be recognised (`enabled`). A tag set to undefined is deleted. */
  edit(id: TrackId, changes: Partial<Tags> & { enabled?: boolean }): Promise<void> {
    return this.editRows([id], (row) => ({ ...row, ...changes }));
  }

  /** Changes many at once; several changes to one track come one after the other. */
  editMany(edits: { id: TrackId; changes: Changed }[]): Promise<void> {
    const changesOf = new Map<TrackId, Changed>();
    for (const { id, changes } of edits) changesOf.set(id, { ...changesOf.get(id), ...changes });
    return this.editRows([...changesOf.keys()], (row) => ({ ...row, ...changesOf.get(row.id) }));
  }

  /** Removes tracks. `restore` can bring them back until the library is closed. */
  remove(ids: TrackId[]): Promise<void> {
    for (const id of ids) this.removedHere.add(id);
    return this.editRows(ids, (row) => ({ ...row, removed: Date.now() }));
  }

  restore(ids: TrackId[]): Promise<void> {
    return this.editRows(ids, ({ removed, ...row }) => row);
  }

  /** Checks every row and repairs what it can. Other work may run meanwhile. */
  verify(progress: (p: Progress) => void = () => {}): Promise<CheckResult> {
    return this.gate.run(async () => {
      const { health } = await this.loadChanges();
      const result = await health.check(progress);
      this.wake();
      await this.settled();
      return result;
    });
  }

  /** Reads what other writers have stored, so that answers include it. */
  catchUp(): Promise<void> {
    return this.gate.run(() => this.writer.catchUp());
  }

  /** Calls back after every change; returns a function that unsubscribes. */
  watch(watcher: (change: LibraryChange) => void): () => void {
    return this.writer.watch(watcher);
  }

  /** Resolves when all background work is done. */
  settled(): Promise<void> {
    return this.background.settled();
  }

  /** Waits while much of the index is still in memory only. Call it between many small imports. */
  async indexed(): Promise<void> {
    const { index, sealPostings } = this.contents;
    if (index.newestCount > MOST_UNSEALED * sealPostings) await this.settled();
  }

  /** Refuses new calls, waits for those under way, and deletes what was removed in this tab. */
  async close(): Promise<void> {
    if (!(await this.gate.close())) return;
    try {
      await this.background.stop();
      if (this.removedHere.size > 0) await this.deleteRemovedHere();
    } catch (error) {
      // If storage is full, a later session deletes what was removed here.
      if (!(error instanceof UserError && error.name === 'StorageFull')) throw error;
    } finally {
      this.contents.pages.close();
      this.writer.close();
      await this.shelf.close();
    }
  }

  // The index, for matching.

  lookup(hashes: Uint32Array): Promise<Postings> {
    return this.reads.lookup(hashes);
  }

  stretches() {
    return this.contents.tracks.tape.stretches();
  }

  prints(tracks: TrackId[]): Promise<(Print | undefined)[]> {
    return this.reads.prints(tracks);
  }

  /** Sketches of tracks, in the order asked; undefined where the print is missing or damaged. */
  sketches(tracks: TrackId[]): Promise<(Uint16Array | undefined)[]> {
    return this.reads.sketches(tracks);
  }

  /** Reads all sketches, so that no search need wait for that. */
  readAhead(): Promise<void> {
    return this.reads.readAhead();
  }

  /** Drops all caches of stored data. */
  dropCaches(): void {
    this.reads.dropCaches();
  }

  private editRows(ids: TrackId[], edit: (row: TrackRow) => TrackRow): Promise<void> {
    return this.gate.run(async () => (await this.loadChanges()).editRows(ids, edit));
  }

  private async deleteRemovedHere(): Promise<void> {
    const changes = await this.loadChanges();
    await changes.deleteRemoved(({ id }) => this.removedHere.has(id));
  }

  private loadFinder(): Promise<TrackFinder> {
    this.finder ??= import('./tracks/find-tracks.ts').then(({ TrackFinder }) => new TrackFinder(this.contents.tracks));
    return this.finder;
  }

  /** The part that changes the library, for calls that the engine's gate covers. */
  loadChanges(): Promise<Changes> {
    this.changes ??= import('./changes.ts').then(({ Changes }) => new Changes(this.contents, this.writer));
    return this.changes;
  }

  /** Starts background work, if any is due. */
  private wake(): void {
    if (!this.shelf.isReadOnly) this.background.wake();
  }
}
