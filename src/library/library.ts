/**
 * The library: tracks, their prints and covers, and the index over them, on whatever shelf it is given.
 *
 *     const library = await openLibrary(shelf, { landmarksOf, landmarkFormat, gapFrames });
 *     const track = await library.add(learnt);        // fully there when this resolves, or not at all
 *     library.tracks({ search: 'nocturne' });         // a page of tracks
 *     await library.lookup(hashes);                   // it is the index that matching asks (match/index-view.ts)
 */
import type { Print, Tags, Track, TrackId } from '../types.ts';
import { type Incoming, Intake, type ManyOptions } from './add-tracks.ts';
import { Background } from './background.ts';
import type { Progress } from './bundle/write-bundle.ts';
import { Reading } from './catch-up.ts';
import { Gate } from './gate.ts';
import { Health } from './health.ts';
import type { Mirror } from './index/mirror.ts';
import { runOf } from './index/postings.ts';
import { pageKey, type Segment } from './index/segment.ts';
import { type Postings, SEAL_POSTINGS, TapeIndex } from './index/tape-index.ts';
import { Upkeep } from './index/upkeep.ts';
import { Prints } from './print-cache.ts';
import { packJson, type TrackRow, unpackCover } from './row-bytes.ts';
import { type Neighbours, noNeighbours } from './shelf/other-writers.ts';
import type { Row, Shelf } from './shelf/shelf.ts';
import { Ledger } from './state.ts';
import { Catalogue, plainTrack, type TrackPage, type TrackQuery } from './track-list.ts';

/** What the library has to be told, as its room knows nothing of matching. */
export interface LibraryOptions {
  /** Landmarks of a print, in the order of their frames. */
  landmarksOf: (print: Print) => { count: number; hashes: Uint32Array; frames: Uint32Array };
  /** Rises when `landmarksOf` changes: the index is then made anew from the prints. */
  landmarkFormat: number;
  /** Frames of the tape left empty before each track. */
  gapFrames: number;
  /** Other tabs. */
  neighbours?: Neighbours;
  /** Faster copies of the index, where there can be some. */
  mirror?: Mirror;
  /** Postings of a new segment; tests make it small. */
  sealPostings?: number;
}

export interface LibraryStatus {
  trackCount: number;
  seconds: number;
  peakCount: number;
  postingCount: number;
  bytes: { prints: number; index: number; tracks: number; covers: number };
  /** Tracks not yet sealed into a segment. */
  unsealed: number;
  /** Of these, tracks that cannot be recognised yet: they are being sorted in. */
  pending: number;
  segments: number;
  /** What was found damaged and could not be repaired; empty when all is well. */
  damaged: string[];
}

/** `known`: the same bytes were learnt before. `changed`: nothing was added, since other tracks came meanwhile. */
export type Addition = { state: 'added' | 'known'; track: Track } | { state: 'changed' };

export type LibraryChange = { kind: 'tracks' | 'status' };

/** How long removed tracks are kept for other tabs that may still put them back. */
const REMOVED_KEPT_MS = 3_600_000;

export async function openLibrary(shelf: Shelf, options: LibraryOptions): Promise<Library> {
  const library = new Library(shelf, options);
  await library.open();
  return library;
}

export class Library {
  private readonly catalogue = new Catalogue();
  private readonly index: TapeIndex;
  private readonly ledger: Ledger;
  private readonly intake: Intake;
  private readonly upkeep: Upkeep;
  private readonly neighbours: Neighbours;
  private readonly printed: Prints;
  private readonly background: Background;
  private readonly health: Health;
  private readonly reading: Reading;
  private readonly watchers = new Set<(change: LibraryChange) => void>();
  private readonly removedHere = new Set<TrackId>();
  private readonly gate = new Gate();
  private isCleared = false;

  constructor(
    private readonly shelf: Shelf,
    private readonly options: LibraryOptions,
  ) {
    this.neighbours = options.neighbours ?? noNeighbours();
    this.ledger = new Ledger(shelf, this.neighbours, options.gapFrames, async (news) => {
      await this.reading.changed(news);
      this.changed('tracks');
    });
    this.intake = new Intake(shelf, this.ledger, this.neighbours, options.gapFrames, {
      known: (contentId) => this.catalogue.withContent(contentId),
      framesNeeded: () => this.catalogue.frameCount + this.catalogue.rows().length * options.gapFrames,
      layTapeAnew: () => this.upkeep.layTapeAnew(options.gapFrames),
      emptied: () => this.upkeep.droppedIndex(),
    });
    this.index = new TapeIndex(
      (keys) => shelf.read('pages', keys),
      options.mirror,
      (segment) => this.lookInto(segment),
    );
    this.printed = new Prints(
      shelf,
      (id) => this.catalogue.row(id),
      (id) => this.health.printLost(id),
    );
    this.background = new Background(() => this.step());
    this.upkeep = new Upkeep({
      shelf,
      ledger: this.ledger,
      catalogue: this.catalogue,
      index: this.index,
      readPrints: (tracks) => this.printed.read(tracks),
      landmarksOf: options.landmarksOf,
      landmarkFormat: options.landmarkFormat,
      sealPostings: options.sealPostings ?? SEAL_POSTINGS,
    });
    const shared = { shelf, ledger: this.ledger, catalogue: this.catalogue, upkeep: this.upkeep };
    this.reading = new Reading({
      ...shared,
      landmarkFormat: options.landmarkFormat,
      indexPrint: (row, print) => this.indexPrint(row, print),
      rowLost: (id) => this.health.rowLost(id),
      printLost: (id) => this.health.printLost(id),
    });
    this.health = new Health({
      ...shared,
      index: this.index,
      printed: this.printed,
      add: (incoming) => this.takeIn(incoming),
      replaceRows: (ids, change) => this.writeRows(ids, change),
      settle: () => {
        this.work();
        return this.settled();
      },
    });
  }

  async open(): Promise<void> {
    await this.ledger.read();
    const { state } = this.ledger;
    await this.reading.all();
    this.ledger.addedCount = state.nextTrack;
    // This tab may have heard of a change while it read, and its older reading has then overwritten it.
    if (this.ledger.state.generation !== state.generation) {
      this.ledger.state = state;
      await this.ledger.alone(async () => {});
    }
    this.work();
  }

  // The catalogue.

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

  ids(): TrackId[] {
    return this.catalogue.rows().flatMap(({ id, removed }) => (removed === undefined ? id : []));
  }

  /** Prints as they are kept, whole; a damaged one is undefined. */
  packedPrints(ids: TrackId[]): Promise<(Row | undefined)[]> {
    return this.gate.run(() => this.printed.packed(ids));
  }

  cover(id: TrackId): Promise<Blob | undefined> {
    return this.gate.run(async () => {
      const [row] = await this.shelf.read('covers', [id]);
      return row && unpackCover(row);
    });
  }

  async status(): Promise<LibraryStatus> {
    const { totals, rowBytes } = this.catalogue;
    const { segments, headStart } = this.index;
    const livingIn = (from: number, below: number) => this.catalogue.livingOnTape(from, below);
    const sealedBelow = (end: number) =>
      segments.reduce(
        (sum, { parts }) => sum + livingIn(Math.min(parts.tapeStart, end), Math.min(parts.tapeEnd, end)),
        0,
      );
    return {
      trackCount: totals.tracks,
      seconds: totals.seconds,
      peakCount: totals.peaks,
      postingCount: this.index.postingCount,
      bytes: {
        prints: totals.printBytes,
        index: segments.reduce((total, { bytes }) => total + bytes, 0),
        tracks: rowBytes,
        covers: totals.coverBytes,
      },
      unsealed: totals.tracks - sealedBelow(Infinity),
      pending: livingIn(0, headStart) - sealedBelow(headStart),
      segments: segments.length,
      damaged: [...this.health.damaged, ...(this.background.trouble ? [this.background.trouble] : [])],
    };
  }

  // Changes. Each is there as a whole when it resolves, or, after a crash before that, not at all.

  /** Adds a track; gives the one that is there if the same bytes were learnt before. */
  async add(learnt: Incoming): Promise<Track> {
    const added = await this.addIfNew(learnt);
    return (added as { track: Track }).track; // only a count of tracks can make it `changed`
  }

  /**
   * As `add`, and tells which it was. With `addedCount`, a number that the property of that name gave, it adds nothing if others were
   * added since: whoever compared the new track with those that were there has to do so again.
   */
  addIfNew(learnt: Incoming, addedCount?: number): Promise<Addition> {
    return this.gate.run(() => this.takeIn(learnt, addedCount));
  }

  /** Rises with each track that is added. */
  get addedCount(): number {
    return this.ledger.addedCount;
  }

  /**
   * Adds many tracks: all, or none if the source throws or the signal comes before the last moment. Those known already
   * are left out. With `replace` they take the place of all that is there. They can be listed at once, and recognised as
   * soon as they are sorted in.
   */
  addAll(source: AsyncIterable<Incoming>, how: ManyOptions = {}): Promise<{ added: number; known: number }> {
    return this.gate.run(async () => {
      const result = await this.intake.many(source, how, async (taken) => {
        if (how.replace) this.catalogue.clear();
        for (const { row, bytes } of taken) this.catalogue.put(row, bytes);
        if (how.replace) await this.upkeep.indexDropped();
        else await this.upkeep.fillHead(this.index.segments);
      });
      if (how.replace) await this.intake.clear();
      this.changed('tracks');
      return result;
    });
  }

  /** Changes tags, or takes a track out of the answers (`enabled`). A tag set to undefined is taken away. */
  edit(id: TrackId, changes: Partial<Tags> & { enabled?: boolean }): Promise<void> {
    return this.replaceRows([id], (row) => ({ ...row, ...changes }));
  }

  /** Takes tracks out; until the library is closed, `restore` puts them back. */
  remove(ids: TrackId[]): Promise<void> {
    for (const id of ids) this.removedHere.add(id);
    return this.replaceRows(ids, (row) => ({ ...row, removed: Date.now() }));
  }

  restore(ids: TrackId[]): Promise<void> {
    return this.replaceRows(ids, ({ removed, ...row }) => row);
  }

  /** Checks every row; makes again what can be, and tells what cannot. Other work goes on meanwhile. */
  verify(progress: (p: Progress) => void = () => {}): Promise<{ repaired: string[]; lost: string[] }> {
    return this.gate.run(() => this.health.verify(progress));
  }

  /** Calls back after every change; returns what ends it. */
  watch(changed: (change: LibraryChange) => void): () => void {
    this.watchers.add(changed);
    return () => this.watchers.delete(changed);
  }

  /** Resolves when nothing is left to do behind the scenes. */
  settled(): Promise<void> {
    return this.background.settled();
  }

  /** Waits for the calls under way; later ones are refused. What was removed here is gone for good. */
  async close(): Promise<void> {
    if (!(await this.gate.close())) return;
    await this.background.stop();
    if (!this.shelf.isReadOnly) await this.upkeep.purge(({ id }) => this.removedHere.has(id));
    this.options.mirror?.close();
    this.neighbours.leave();
    await this.shelf.close();
  }

  // The index, as matching asks for it.

  lookup(hashes: Uint32Array): Promise<Postings> {
    return this.gate.run(() => this.index.lookup(hashes));
  }

  stretches() {
    return this.catalogue.stretches();
  }

  prints(tracks: TrackId[]): Promise<(Print | undefined)[]> {
    return this.gate.run(() => this.printed.get(tracks));
  }

  /** Frees what can be read again: for a device short of memory, and to measure without. */
  dropCaches(): void {
    this.printed.dropCache();
    this.index.dropCache();
  }

  private indexPrint({ tapeStart }: TrackRow, print: Print): void {
    this.index.add(runOf(this.options.landmarksOf(print), tapeStart));
  }

  private async takeIn(incoming: Incoming, addedCount?: number): Promise<Addition> {
    const added = await this.intake.one(incoming, addedCount, (row, bytes, print) => {
      this.catalogue.put(row, bytes);
      this.indexPrint(row, print);
    });
    if (added.state === 'added') this.changed('tracks');
    return added.state === 'changed' ? added : { state: added.state, track: plainTrack(added.row) };
  }

  /** A page of this segment was missing or damaged: another tab replaced it, or it has to be made again. */
  private async lookInto(segment: Segment): Promise<void> {
    await this.ledger.alone(async () => {});
    if (!this.index.segments.includes(segment)) return;
    this.upkeep.damaged.add(segment);
    this.work();
  }

  private replaceRows(ids: TrackId[], change: (row: TrackRow) => TrackRow): Promise<void> {
    return this.gate.run(() => this.writeRows(ids, change));
  }

  private async writeRows(ids: TrackId[], change: (row: TrackRow) => TrackRow): Promise<void> {
    await this.ledger.alone(async () => {
      const rows = ids.flatMap((id) => this.catalogue.row(id) ?? []).map(change);
      const changes = rows.map((row) => ({ store: 'tracks' as const, key: row.id, row: packJson(row) }));
      await this.ledger.write(changes, {}, { tracks: ids });
      for (const [i, row] of rows.entries()) this.catalogue.put(row, changes[i].row.length);
    });
    this.changed('tracks');
  }

  private changed(kind: LibraryChange['kind']): void {
    for (const watcher of this.watchers) watcher({ kind });
    this.work();
  }

  /** Sees to it that what is due behind the scenes gets done. */
  private work(): void {
    if (!this.shelf.isReadOnly) this.background.wake();
  }

  private async step(): Promise<boolean> {
    if (!this.isCleared) await this.clearAway();
    const { alone } = this.neighbours;
    const isMoreDue = await alone('upkeep', () => this.upkeep.step());
    if (!isMoreDue) await alone('upkeep', () => this.copyIndex());
    for (const watcher of this.watchers) watcher({ kind: 'status' });
    return isMoreDue;
  }

  /** What earlier sessions left: removed tracks, rows of an import that was cut off, prints that lost their track. */
  private async clearAway(): Promise<void> {
    const latest = Date.now() - REMOVED_KEPT_MS;
    await this.upkeep.purge(({ removed = Infinity }) => removed < latest);
    await this.intake.clear();
    await this.health.recoverStrays();
    this.isCleared = true;
  }

  private async copyIndex(): Promise<void> {
    const keysOf = ({ id }: Segment, from: number, to: number) =>
      Array.from({ length: to - from }, (_, i) => pageKey(id, from + i));
    await this.options.mirror?.follow(this.index.segments, (segment, from, to) =>
      this.shelf.read('pages', keysOf(segment, from, to)),
    );
  }
}
