/**
 * Adds tracks, one at a time or thousands at once. The rows of an import are written under ids that the state does not yet include;
 * one small batch then advances the state, which makes all of them valid. So a crash leaves either all or none of them; leftover
 * rows are deleted when the library is next used.
 */
import type { Print, Track } from '../../types.ts';
import type { Contents } from '../contents.ts';
import { unpackNewPrint } from '../prints/print.ts';
import { packJson, plainTrack, type TrackRow } from '../rows/row-bytes.ts';
import { type Change, without } from '../shelf/shelf.ts';
import type { Writer } from '../writer.ts';
import { compactTape, voidIndex } from './compact-tape.ts';
import { TRACK_STORES } from './edit-tracks.ts';
import { type Counters, type Incoming, type NewRows, newRows, TAPE_END } from './new-rows.ts';

/** Tracks written or deleted per batch. */
const TRACKS_PER_BATCH = 64;
/** Room to make on the tape for an import, whose real need is known only at its end. */
const IMPORT_FRAMES = TAPE_END / 4;

export interface ManyOptions {
  /** The new tracks replace all others. */
  replace?: boolean;
  signal?: AbortSignal;
}

/** `known`: these bytes were learnt before. `changed`: nothing was added, because other tracks were added meanwhile. */
export type Addition = { state: 'added' | 'known'; track: Track } | { state: 'changed' };

/** A small import is indexed at once, from the prints; they are not kept of a large one. */
const INDEXED_AT_ONCE = 64;

type Staged = Pick<NewRows, 'row' | 'rowBytes' | 'sketch'> & { print?: Print };

/** Whether a track that came with a catalogue is now added by the person. */
const isOwnOf = ({ catalogue }: TrackRow, incoming: Incoming) =>
  catalogue !== undefined && incoming.catalogue === undefined;

export class AddTracks {
  constructor(
    private readonly contents: Contents,
    private readonly writer: Writer,
  ) {}

  /** Adds a track, unless its bytes are known or `nextTrack` is given and no longer that of the state. */
  async one(incoming: Incoming, nextTrack?: number): Promise<Addition> {
    const { contents, writer } = this;
    const add = async (): Promise<Addition> => {
      const known = contents.tracks.withContent(incoming.contentId);
      if (known && isOwnOf(known, incoming)) return { state: 'added', track: plainTrack(await this.own(known)) };
      if (known) return { state: 'known', track: plainTrack(known) };
      if (nextTrack !== undefined && nextTrack !== contents.state.nextTrack) return { state: 'changed' };
      const { row, rowBytes, print, sketch, changes, counters } = await this.rowsWithRoom(incoming);
      await writer.commit(changes, counters, { tracks: [row.id] });
      contents.addTrack(row, rowBytes, print, sketch);
      return { state: 'added', track: plainTrack(row) };
    };
    const addition = await writer.lock('intake', () => writer.exclusive(add));
    if (addition.state === 'added') writer.changed('tracks');
    return addition;
  }

  /**
   * Adds the tracks that are not known yet. If the source throws or the signal aborts, nothing is changed. Added tracks are listed
   * at once, and recognised as soon as they have been indexed in the background.
   */
  async many(source: AsyncIterable<Incoming>, options: ManyOptions = {}): Promise<{ added: number; known: number }> {
    const result = await this.writer.lock('intake', async () => {
      await this.prepare(options);
      try {
        return await this.stageAndCommit(source, options);
      } catch (error) {
        await this.deleteUncounted();
        throw error;
      }
    });
    if (options.replace) await this.clearUncounted();
    this.writer.changed('tracks');
    return result;
  }

  /** Deletes the invalid rows of tracks: leftovers of imports, and replaced tracks. */
  clearUncounted(): Promise<void> {
    return this.writer.lock('intake', () => this.writer.exclusive(() => this.deleteUncounted()));
  }

  /** The track no longer leaves with its catalogue. Call within `Writer.exclusive`. */
  private async own({ catalogue, piece, ...row }: TrackRow): Promise<TrackRow> {
    const packed = packJson(row);
    await this.writer.commit([{ store: 'tracks', key: row.id, row: packed }], {}, { tracks: [row.id] });
    this.contents.tracks.put(row, packed.length);
    return row;
  }

  private async rowsWithRoom(incoming: Incoming): Promise<NewRows> {
    const { contents } = this;
    const { frameCount } = unpackNewPrint(incoming.print);
    if (this.isCompactingDue(frameCount)) await compactTape(contents, this.writer);
    return newRows(incoming, contents.state, contents);
  }

  private prepare({ replace }: ManyOptions): Promise<void> {
    return this.writer.exclusive(async () => {
      await this.deleteUncounted();
      if (!replace && this.isCompactingDue(IMPORT_FRAMES)) await compactTape(this.contents, this.writer);
    });
  }

  /** Writes the rows batch by batch, then makes them valid. */
  private async stageAndCommit(source: AsyncIterable<Incoming>, { replace = false, signal }: ManyOptions) {
    const { contents, writer } = this;
    const { nextTrack, nextTapeStart } = contents.state;
    let counters: Counters = { nextTrack, nextTapeStart: replace ? contents.gapFrames : nextTapeStart };
    const staged = new Map<string, Staged>();
    const owned: TrackRow[] = [];
    let known = 0;
    let batch: Change[] = [];
    for await (const incoming of source) {
      signal?.throwIfAborted();
      const { contentId } = incoming;
      const here = replace ? undefined : contents.tracks.withContent(contentId);
      if (here || staged.has(contentId)) {
        known++;
        if (here && isOwnOf(here, incoming)) owned.push(here);
        continue;
      }
      const { row, rowBytes, print, sketch, changes, counters: next } = await newRows(incoming, counters, contents);
      counters = next;
      staged.set(contentId, { row, rowBytes, sketch, ...(staged.size < INDEXED_AT_ONCE && { print }) });
      batch.push(...changes);
      if (batch.length < TRACKS_PER_BATCH * 3) continue;
      await contents.shelf.write(batch, true);
      batch = [];
    }
    await writer.exclusive(async () => {
      signal?.throwIfAborted();
      const emptied = replace ? voidIndex(contents) : { changes: [], advance: {} };
      const advance = { ...emptied.advance, ...counters, ...(replace && { firstTrack: nextTrack }) };
      await writer.commit([...batch, ...emptied.changes], advance);
      await this.takeIn([...staged.values()], replace);
      for (const row of owned) await this.own(row);
    });
    return { added: staged.size, known };
  }

  private async takeIn(staged: Staged[], replace: boolean): Promise<void> {
    const { tracks, index, sketches } = this.contents;
    if (!replace && staged.length <= INDEXED_AT_ONCE) {
      for (const { row, rowBytes, print, sketch } of staged)
        if (print) this.contents.addTrack(row, rowBytes, print, sketch);
      return;
    }
    if (replace) {
      tracks.clear();
      sketches.clear();
    }
    for (const { row, rowBytes, sketch } of staged) {
      tracks.put(row, rowBytes);
      sketches.put(row.id, sketch);
    }
    await this.contents.resetIndex(replace ? [] : index.segments, replace ? [] : index.unusable);
  }

  /** Whether this many frames do not fit at the end of the tape, but would if the gaps of removed tracks were closed. */
  private isCompactingDue(frames: number): boolean {
    const { state, tracks, gapFrames } = this.contents;
    const end = TAPE_END - frames - gapFrames;
    if (state.nextTapeStart <= end) return false; // checked first, because counting takes time in proportion to the tracks
    return tracks.tape.frameCount() + (tracks.rows().length + 1) * gapFrames <= end;
  }

  private async deleteUncounted(): Promise<void> {
    const { shelf, state } = this.contents;
    for (const store of TRACK_STORES) {
      const keys = [
        ...(await shelf.keys(store, 0, state.firstTrack)),
        ...(await shelf.keys(store, state.nextTrack, Infinity)),
      ];
      for (let i = 0; i < keys.length; i += TRACKS_PER_BATCH) {
        const some = keys.slice(i, i + TRACKS_PER_BATCH);
        await shelf.write(
          some.map((key) => without(store, key)),
          true,
        );
      }
    }
  }
}
