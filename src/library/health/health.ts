/**
 * Checks a library and repairs what it can. The row of a track is rewritten from memory or, failing that, from the print. Segments
 * are rebuilt from prints. Prints and covers cannot be repaired; their tracks are reported.
 */
import { UserError } from '../../errors.ts';
import type { TrackId } from '../../types.ts';
import type { Progress } from '../bundle/write-bundle.ts';
import type { Contents } from '../contents.ts';
import { printHeader, unpackNewPrint } from '../prints/print.ts';
import { isIntact } from '../shelf/checksum.ts';
import { type Row, type Store, without } from '../shelf/shelf.ts';
import type { AddTracks } from '../tracks/add-tracks.ts';
import { editRows, TRACK_STORES } from '../tracks/edit-tracks.ts';
import type { Incoming } from '../tracks/new-rows.ts';
import type { Writer } from '../writer.ts';
import { inspectRows } from './inspect-rows.ts';

/** The usual frame rate of kernels, from which the length of a track is estimated if only the print is left. */
const FRAMES_PER_SECOND = 43;

/** What was repaired, by title, and what was lost, as sentences. */
export interface CheckResult {
  repaired: string[];
  lost: string[];
}

export class Health {
  constructor(
    private readonly contents: Contents,
    private readonly writer: Writer,
    private readonly adding: AddTracks,
  ) {}

  /** Checks every row. Damaged segments are marked, and `upkeep.ts` rebuilds them. Other work may run meanwhile. */
  async check(progress: (p: Progress) => void): Promise<CheckResult> {
    const { contents, writer } = this;
    const { shelf, tracks, index, losses } = contents;
    const found = await inspectRows(shelf, tracks.rows(), index.segments, progress);
    await editRows(contents, writer, [...found.rows, ...found.covers], (row) => ({
      ...row,
      hasCover: row.hasCover && !found.covers.includes(row.id),
    }));
    const strays = await this.recoverTracks();
    const repaired = [...found.rows.map((id) => losses.titleOf(id)), ...strays.titles];
    index.markDamaged(found.segments);
    if (found.segments.length > 0) repaired.push('The index');
    const lost = [
      ...(shelf.damaged ?? []),
      ...found.prints.map((id) => losses.ofPrint(id)),
      ...found.covers.map((id) => losses.ofCover(id)),
      ...found.lyrics.map((id) => losses.ofLyrics(id)),
      ...strays.unreadable.map((id) => losses.ofTrack(id)),
    ];
    losses.replaceAll(lost);
    await shelf.write(found.lyrics.map((id) => without('lyrics', id)));
    await this.deleteDamaged(strays.unreadable);
    return { repaired, lost };
  }

  /** Makes tracks of prints without any track row. Damaged rows are left to `check`. */
  async recoverStrays(): Promise<void> {
    const { shelf, losses } = this.contents;
    const rows = new Set(await shelf.keys('tracks'));
    const { unreadable } = await this.recoverTracks((id) => !rows.has(id));
    for (const id of unreadable) losses.addTrack(id);
  }

  /** Adds prints without a usable row as new tracks, and deletes the old rows. Returns the tracks whose prints are unusable, too. */
  private async recoverTracks(
    isWanted: (id: TrackId) => boolean = () => true,
  ): Promise<{ titles: string[]; unreadable: TrackId[] }> {
    const { shelf, state, tracks, prints } = this.contents;
    const keysOf = (store: Store) => shelf.keys(store, state.firstTrack, state.nextTrack);
    const keys = new Set([...(await keysOf('prints')), ...(await keysOf('tracks'))]);
    const ids = [...keys].filter((id) => !tracks.row(id) && isWanted(id));
    const titles: string[] = [];
    const unreadable: TrackId[] = [];
    for (const [i, print] of (await prints.readPacked(ids)).entries()) {
      if (!print || !isReadable(print)) {
        unreadable.push(ids[i]);
        continue;
      }
      const incoming = recovered(ids[i], print);
      await this.adding.one(incoming);
      await shelf.write([without('prints', ids[i]), without('tracks', ids[i])]);
      titles.push(incoming.tags.title);
    }
    return { titles, unreadable };
  }

  /** Rows of tracks that were reported as lost. Prints that may become readable again are kept. */
  private async deleteDamaged(ids: TrackId[]): Promise<void> {
    const { shelf } = this.contents;
    const rows = await shelf.read('prints', ids);
    const damaged = ids.filter((_, i) => {
      const print = rows[i];
      return !print || (print.length > 0 && !isIntact(print));
    });
    await shelf.write(damaged.flatMap((id) => TRACK_STORES.map((store) => without(store, id))));
  }
}

/** Undefined for an invalid print, even if its checksum is right: it must not prevent the recovery of the others. */
function isReadable(print: Row): boolean {
  try {
    unpackNewPrint(print);
    return true;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return false;
  }
}

/** A track with what its print alone provides. */
function recovered(id: number, print: Row): Incoming {
  const seconds = printHeader(print).frameCount / FRAMES_PER_SECOND;
  const contentId = id.toString(16).padStart(64, '0'); // never equals a file's content id, which is a hash
  return { tags: { title: `Recovered track ${id}` }, contentId, fileName: '', seconds, learntSeconds: seconds, print };
}
