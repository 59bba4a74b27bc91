/**
 * Tracks come in: one at a time, or thousands all at once. Rows are written under numbers that the state does not yet
 * count; the one small batch that advances the state makes all of them be there, so that a crash leaves all or none.
 */
import { UserError } from '../errors.ts';
import type { Learnt, Print } from '../types.ts';
import type { Ledger } from './ledger.ts';
import type { Neighbours } from './neighbours.ts';
import { unpackPrint } from './print.ts';
import { packCover, packJson, type State, type TrackRow } from './row.ts';
import { type Change, type Shelf, without } from './shelf.ts';

/** The last place on the tape. */
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

export class Intake {
  constructor(
    private readonly shelf: Shelf,
    private readonly ledger: Ledger,
    private readonly neighbours: Neighbours,
    private readonly gapFrames: number,
  ) {}

  /** Adds a track; `taken` hears of it before anyone else may write. */
  one(incoming: Incoming, taken: (row: TrackRow, bytes: number, print: Print) => void): Promise<TrackRow> {
    return this.neighbours.alone('intake', () =>
      this.ledger.alone(async () => {
        const { row, changes, counters, print } = await this.rowsOf(incoming, this.ledger.state);
        await this.ledger.write(changes, counters, { tracks: [row.id] });
        taken(row, bytesOf(changes), print);
        return row;
      }),
    );
  }

  /**
   * Adds tracks, all or none of them; `isKnown` is asked of each whether to leave it out. When the source throws, or the
   * signal comes, nothing has happened.
   */
  many(
    source: AsyncIterable<Incoming>,
    isKnown: (contentId: string) => boolean,
    { replace = false, signal }: ManyOptions,
    taken: (rows: { row: TrackRow; bytes: number }[]) => Promise<void>,
  ): Promise<{ added: number; known: number }> {
    return this.neighbours.alone('intake', async () => {
      await this.ledger.alone(() => this.clearStaged());
      const staged = new Map<string, { row: TrackRow; bytes: number }>();
      let counters: Counters = this.ledger.state;
      let known = 0;
      let batch: Change[] = [];
      try {
        for await (const incoming of source) {
          signal?.throwIfAborted();
          if (staged.has(incoming.contentId) || (!replace && isKnown(incoming.contentId))) {
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
          const firstTrack = replace ? this.ledger.state.nextTrack : this.ledger.state.firstTrack;
          const { nextTrack, nextTapeStart } = counters;
          await this.ledger.write(batch, { firstTrack, nextTrack, nextTapeStart }, {});
          await taken([...staged.values()]);
        });
        return { added: staged.size, known };
      } catch (error) {
        await this.clearStaged();
        throw error;
      }
    });
  }

  /** Takes away what crashes left: rows of tracks that the state does not count. */
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
    const print = unpackPrint(incoming.print);
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
