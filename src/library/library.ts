/**
 * The library: tracks, their prints and covers, and the index over them, on whatever shelf it is given.
 *
 *     const library = await openLibrary(shelf, { landmarksOf, landmarkFormat, gapFrames });
 *     const track = await library.add(learnt);        // fully there when this resolves, or not at all
 *     library.tracks({ search: 'nocturne' });         // a page of tracks
 *     await library.lookup(hashes);                   // it is the index that matching asks (match/index-view.ts)
 */
import type { Print, Tags, Track, TrackId } from '../types.ts';
import { Background } from './background.ts';
import type { Progress } from './bundle.ts';
import { Catalogue, plainTrack, type TrackPage, type TrackQuery } from './catalogue.ts';
import { isSound } from './checksum.ts';
import { type Incoming, Intake, type ManyOptions } from './intake.ts';
import { Ledger } from './ledger.ts';
import type { Mirror } from './mirror.ts';
import { type Neighbours, type Change as News, noNeighbours } from './neighbours.ts';
import { unpackPrint } from './print.ts';
import { Prints } from './prints.ts';
import { packJson, type TrackRow, unpackCover, unpackJson } from './row.ts';
import { runOf } from './run.ts';
import { pageKey, type Segment, unpackSegment } from './segment.ts';
import { type Row, type Shelf, without } from './shelf.ts';
import { isSealed, type Postings, SEAL_POSTINGS, TapeIndex } from './tape-index.ts';
import { Upkeep } from './upkeep.ts';
import { inspect, strayOf } from './verify.ts';

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
  private readonly watchers = new Set<(change: LibraryChange) => void>();
  /** What cannot be mended, in sentences. */
  private readonly damaged = new Set<string>();
  private readonly removedHere = new Set<TrackId>();
  private isCleared = false;

  constructor(
    private readonly shelf: Shelf,
    private readonly options: LibraryOptions,
  ) {
    this.neighbours = options.neighbours ?? noNeighbours();
    this.ledger = new Ledger(shelf, this.neighbours, options.gapFrames, (news) => this.catchUp(news));
    this.intake = new Intake(shelf, this.ledger, this.neighbours, options.gapFrames);
    this.index = new TapeIndex(
      (keys) => shelf.read('pages', keys),
      options.mirror,
      (segment) => this.lookInto(segment),
    );
    this.printed = new Prints(shelf, (id) => this.damaged.add(this.deaf(id)));
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
  }

  async open(): Promise<void> {
    await this.ledger.read();
    await this.load();
    this.work();
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

  ids(): TrackId[] {
    return this.catalogue.rows().flatMap(({ id, removed }) => (removed === undefined ? id : []));
  }

  /** Prints as they are kept, whole; a damaged one is undefined. */
  packedPrints(ids: TrackId[]): Promise<(Row | undefined)[]> {
    return this.printed.packed(ids);
  }

  async cover(id: TrackId): Promise<Blob | undefined> {
    const [row] = await this.shelf.read('covers', [id]);
    return row && unpackCover(row);
  }

  async status(): Promise<LibraryStatus> {
    const rows = this.catalogue.rows().filter(({ removed }) => !removed);
    const { segments } = this.index;
    const sum = (of: (row: TrackRow) => number) => rows.reduce((total, row) => total + of(row), 0);
    return {
      trackCount: rows.length,
      seconds: sum(({ learntSeconds }) => learntSeconds),
      peakCount: sum(({ peakCount }) => peakCount),
      postingCount: this.index.postingCount,
      bytes: {
        prints: sum(({ printBytes }) => printBytes),
        index: segments.reduce((total, { bytes }) => total + bytes, 0),
        tracks: this.catalogue.rowBytes,
        covers: sum(({ coverBytes }) => coverBytes),
      },
      unsealed: rows.filter((row) => !isSealed(segments, row)).length,
      pending: rows.filter((row) => !this.index.holds(row)).length,
      segments: segments.length,
      damaged: [
        ...(this.shelf.damaged ?? []),
        ...this.damaged,
        ...(this.background.trouble ? [this.background.trouble] : []),
      ],
    };
  }

  // Changes. Each is there as a whole when it resolves, or, after a crash before that, not at all.

  /** Adds a track, whether or not its like is there already. */
  async add(learnt: Incoming): Promise<Track> {
    const row = await this.intake.one(learnt, (row, bytes, print) => {
      this.catalogue.put(row, bytes);
      this.indexPrint(row, print);
    });
    this.changed('tracks');
    return plainTrack(row);
  }

  /**
   * Adds many tracks: all, or none if the source throws or the signal comes before the last moment. Those known already
   * are left out. With `replace` they take the place of all that is there. They can be listed at once, and recognised as
   * soon as they are sorted in.
   */
  async addAll(source: AsyncIterable<Incoming>, how: ManyOptions = {}): Promise<{ added: number; known: number }> {
    const isKnown = (contentId: string) => this.catalogue.withContent(contentId) !== undefined;
    const result = await this.intake.many(source, isKnown, how, async (taken) => {
      if (how.replace) this.catalogue.clear();
      for (const { row, bytes } of taken) this.catalogue.put(row, bytes);
      await this.upkeep.fillHead(this.index.segments);
    });
    if (how.replace) await this.intake.clear();
    this.changed('tracks');
    return result;
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
  async verify(progress: (p: Progress) => void = () => {}): Promise<{ repaired: string[]; lost: string[] }> {
    const found = await inspect(this.shelf, this.catalogue.rows(), this.index.segments, progress);
    const named = (id: TrackId) => `“${this.catalogue.row(id)?.title}”`;
    await this.replaceRows([...found.rows, ...found.covers], (row) => ({
      ...row,
      hasCover: row.hasCover && !found.covers.includes(row.id),
    }));
    const repaired = [...found.rows.map(named), ...(await this.recover())];
    for (const segment of found.segments) this.upkeep.damaged.add(segment);
    if (found.segments.length > 0) repaired.push('The index');
    this.work();
    await this.settled();
    const lost = [
      ...(this.shelf.damaged ?? []),
      ...found.prints.map((id) => this.deaf(id)),
      ...found.covers.map((id) => `The cover of ${named(id)} is lost.`),
    ];
    this.damaged.clear();
    for (const what of lost) this.damaged.add(what);
    await this.shelf.mend?.();
    return { repaired, lost };
  }

  /** Tracks of which only the print is left get a row again, and a name by which to know them. */
  private async recover(): Promise<string[]> {
    const { firstTrack, nextTrack } = this.ledger.state;
    const ids = (await this.shelf.keys('prints', firstTrack, nextTrack)).filter((id) => !this.catalogue.row(id));
    const names: string[] = [];
    for (const [i, print] of (await this.packedPrints(ids)).entries()) {
      if (!print) continue;
      const { title } = await this.add(strayOf(ids[i], print));
      await this.shelf.write([without('prints', ids[i])]);
      names.push(title);
    }
    return names;
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

  /** What was removed here is now gone for good. */
  async close(): Promise<void> {
    await this.background.stop();
    if (!this.shelf.isReadOnly) await this.upkeep.purge(({ id }) => this.removedHere.has(id));
    this.options.mirror?.close();
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

  prints(tracks: TrackId[]): Promise<(Print | undefined)[]> {
    return this.printed.get(tracks);
  }

  /** Frees what can be read again: for a device short of memory, and to measure without. */
  dropCaches(): void {
    this.printed.dropCache();
    this.index.dropCache();
  }

  /** What is to be said of a track without its print. */
  private deaf(id: TrackId): string {
    return `“${this.catalogue.row(id)?.title}” cannot be recognised any more. Learn its file again.`;
  }

  private async load(): Promise<void> {
    const { firstTrack, nextTrack } = this.ledger.state;
    const rows = await this.shelf.list('tracks', firstTrack, nextTrack);
    this.catalogue.clear();
    for (const [id, row] of rows) this.take(id, row);
    await this.upkeep.fillHead(await this.readSegments());
  }

  private async readSegments(): Promise<Segment[]> {
    this.upkeep.obsolete.clear();
    const segments: Segment[] = [];
    for (const [id, row] of await this.shelf.list('segments')) {
      const segment = isSound(row) ? unpackSegment(id, row) : undefined;
      if (segment?.parts.landmarkFormat === this.options.landmarkFormat) segments.push(segment);
      else this.upkeep.obsolete.add(id);
    }
    return segments.sort((a, b) => a.parts.tapeStart - b.parts.tapeStart);
  }

  private take(id: TrackId, row: Row): void {
    if (isSound(row)) this.catalogue.put(unpackJson<TrackRow>(row), row.length);
    else this.damaged.add(`What track ${id} is called is lost. Checking the library brings the track back.`);
  }

  private indexPrint({ tapeStart }: TrackRow, print: Print): void {
    this.index.add(runOf(this.options.landmarksOf(print), tapeStart));
  }

  /** Takes in what another tab wrote. */
  private async catchUp(news: News[] | undefined): Promise<void> {
    const ids = [...new Set(news?.flatMap(({ tracks = [] }) => tracks))];
    if (!news || news.some(({ tracks, segments }) => !tracks && !segments)) {
      await this.load();
    } else {
      const [rows, prints] = [await this.shelf.read('tracks', ids), await this.shelf.read('prints', ids)];
      for (const [i, id] of ids.entries()) {
        const isNew = !this.catalogue.row(id);
        const row = rows[i];
        if (row) this.take(id, row);
        else this.catalogue.delete(id);
        const added = isNew ? this.catalogue.row(id) : undefined;
        const print = prints[i];
        if (added && print) this.indexPrint(added, unpackPrint(print));
      }
      if (news.some(({ segments }) => segments)) await this.upkeep.fillHead(await this.readSegments());
    }
    this.changed('tracks');
  }

  /** A page of this segment was missing or damaged: another tab replaced it, or it has to be made again. */
  private async lookInto(segment: Segment): Promise<void> {
    await this.ledger.alone(async () => {});
    if (!this.index.segments.includes(segment)) return;
    this.upkeep.damaged.add(segment);
    this.work();
  }

  private async replaceRows(ids: TrackId[], change: (row: TrackRow) => TrackRow): Promise<void> {
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

  /** What earlier days left: tracks removed for good, and rows of an import that was cut off. */
  private async clearAway(): Promise<void> {
    const latest = Date.now() - REMOVED_KEPT_MS;
    await this.upkeep.purge(({ removed = Infinity }) => removed < latest);
    await this.intake.clear();
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
