/**
 * Adds tracks, one at a time or thousands at once. Rows of an import are written under ids that the state does not count
 * yet; one small batch then advances the state and makes all of them count, so that a crash leaves all or none.
 */
import { UserError } from '../errors.ts';
import type { Learnt, Print } from '../types.ts';
import { unpackNewPrint } from './print.ts';
import { packCover, packJson, type State, type TrackRow } from './row-bytes.ts';
import type { Neighbours } from './shelf/other-writers.ts';
import { type Change, type Shelf, without } from './shelf/shelf.ts';
import type { Ledger } from './state.ts';

/** Positions on the tape are numbers of 32 bits. */
const TAPE_END = 2 ** 32 - 1;
/** Tracks written in one batch. */
const TRACKS_AT_ONCE = 64;
/** The stores whose rows are tracks'. */
export const TRACK_STORES = ['tracks', 'prints', 'covers'] as const;

export interface Incoming extends Learnt {
  /** If it was added somewhere else before. */
  added?: number;
  enabled?: boolean;
}

export interface ManyOptions {
  /** All tracks until now go as these come. */
  replace?: boolean;
  signal?: AbortSignal;
}

type Counters = Pick<State, 'nextTrack' | 'nextTapeStart'>;

/** What the library does around an addition, while nobody else may write. */
export interface Host {
  known(contentId: string): TrackRow | undefined;
  /** Frames of the tape that the tracks there would take without gaps of removed ones between them. */
  framesNeeded(): number;
  /** Lays all tracks one after the other from the start of the tape; they are found again once the index is rebuilt. */
  layTapeAnew(): Promise<void>;
  /** What a batch must hold, and the state after it, when all tracks until now go and leave the tape. */
  emptied(): { changes: Change[]; advance: Partial<State> };
}

export type AddedRow = { state: 'added' | 'known'; row: TrackRow } | { state: 'changed' };

export class Intake {
  constructor(
    private readonly shelf: Shelf,
    private readonly ledger: Ledger,
    private readonly neighbours: Neighbours,
    private readonly gapFrames: number,
    private readonly host: Host,
  ) {}

  /**
   * Adds a track unless its bytes are known, or, with `nextTrack`, other tracks came since the state had that count.
   * `taken` is called before anyone else may write.
   */
  one(
    incoming: Incoming,
    nextTrack: number | undefined,
    taken: (row: TrackRow, bytes: number, print: Print) => void,
  ): Promise<AddedRow> {
    return this.neighbours.alone('intake', () =>
      this.ledger.alone(async (): Promise<AddedRow> => {
        const known = this.host.known(incoming.contentId);
        if (known) return { state: 'known', row: known };
        if (nextTrack !== undefined && nextTrack !== this.ledger.state.nextTrack) return { state: 'changed' };
        if (this.isTapeSpent(unpackNewPrint(incoming.print).frameCount)) await this.host.layTapeAnew();
        const { row, changes, counters, print } = await this.rowsOf(incoming, this.ledger.state);
        await this.ledger.write(changes, counters, { tracks: [row.id] });
        taken(row, bytesOf(changes), print);
        return { state: 'added', row };
      }),
    );
  }

  /** Adds tracks, all or none of them, without those known. If the source throws or the signal aborts, nothing changes. */
  many(
    source: AsyncIterable<Incoming>,
    { replace = false, signal }: ManyOptions,
    taken: (rows: { row: TrackRow; bytes: number }[]) => Promise<void>,
  ): Promise<{ added: number; known: number }> {
    return this.neighbours.alone('intake', async () => {
      await this.ledger.alone(async () => {
        await this.clearStaged();
        if (!replace && this.isTapeSpent(TAPE_END / 4)) await this.host.layTapeAnew();
      });
      const staged = new Map<string, { row: TrackRow; bytes: number }>();
      const { nextTrack, nextTapeStart } = this.ledger.state;
      // What is replaced leaves the tape as these come.
      let counters: Counters = { nextTrack, nextTapeStart: replace ? this.gapFrames : nextTapeStart };
      let known = 0;
      let batch: Change[] = [];
      try {
        for await (const incoming of source) {
          signal?.throwIfAborted();
          if (staged.has(incoming.contentId) || (!replace && this.host.known(incoming.contentId))) {
            known++;
            continue;
          }
          const { row, changes, counters: next } = await this.rowsOf(incoming, counters);
          counters = next;
          staged.set(row.contentId, { row, bytes: bytesOf(changes) });
          batch.push(...changes);
          if (batch.length < TRACKS_AT_ONCE * 2) continue;
          await this.shelf.write(batch, true);
          batch = [];
        }
        await this.ledger.alone(async () => {
          signal?.throwIfAborted();
          const emptied = replace ? this.host.emptied() : { changes: [], advance: {} };
          const advance = { ...emptied.advance, ...counters, ...(replace && { firstTrack: nextTrack }) };
          await this.ledger.write([...batch, ...emptied.changes], advance, {});
          await taken([...staged.values()]);
        });
        return { added: staged.size, known };
      } catch (error) {
        await this.clearStaged();
        throw error;
      }
    });
  }

  /** Whether so many frames more would not fit, though they would without the gaps that removed tracks left. */
  private isTapeSpent(frames: number): boolean {
    const room = TAPE_END - frames - this.gapFrames;
    return this.ledger.state.nextTapeStart > room && this.host.framesNeeded() + this.gapFrames <= room;
  }

  /** Deletes what crashes left: rows of tracks that the state does not count. */
  clear(): Promise<void> {
    return this.neighbours.alone('intake', () => this.ledger.alone(() => this.clearStaged()));
  }

  private async clearStaged(): Promise<void> {
    const { firstTrack, nextTrack } = this.ledger.state;
    for (const store of TRACK_STORES) {
      const keys = [
        ...(await this.shelf.keys(store, 0, firstTrack)),
        ...(await this.shelf.keys(store, nextTrack, Infinity)),
      ];
      for (let i = 0; i < keys.length; i += TRACKS_AT_ONCE) {
        await this.shelf.write(
          keys.slice(i, i + TRACKS_AT_ONCE).map((key) => without(store, key)),
          true,
        );
      }
    }
  }

  private async rowsOf(incoming: Incoming, { nextTrack: id, nextTapeStart: tapeStart }: Counters) {
    const { tags, contentId, fileName, seconds, learntSeconds, added = Date.now(), enabled = true } = incoming;
    const print = unpackNewPrint(incoming.print);
    const cover = incoming.cover && (await packCover(incoming.cover));
    const nextTapeStart = tapeStart + print.frameCount + this.gapFrames;
    if (nextTapeStart > TAPE_END) {
      throw new UserError('StorageFull', 'A library holds 27,000 hours, and this one is full. Remove tracks.');
    }
    const row: TrackRow = {
      ...tags,
      ...{ id, contentId, fileName, seconds, learntSeconds, added, enabled },
      peakCount: print.count,
      hasCover: cover !== undefined,
      tapeStart,
      frameCount: print.frameCount,
      printBytes: incoming.print.length,
      coverBytes: cover?.length ?? 0,
    };
    const changes: Change[] = [
      { store: 'tracks', key: id, row: packJson(row) },
      { store: 'prints', key: id, row: Uint8Array.from(incoming.print) },
    ];
    if (cover) changes.push({ store: 'covers', key: id, row: cover });
    return { row, changes, print, counters: { nextTrack: id + 1, nextTapeStart } };
  }
}

/** Of the track's own row, which comes first. */
function bytesOf([change]: Change[]): number {
  return 'row' in change ? change.row.length : 0;
}
