/**
 * Checks a library and repairs what it can. A track's row is rewritten from memory, or from the print if memory has none
 * either; segments are rebuilt from prints. Prints and covers cannot be repaired: their tracks are named.
 */
import { UserError } from '../errors.ts';
import type { TrackId } from '../types.ts';
import type { Progress } from './bundle/write-bundle.ts';
import type { Contents } from './contents.ts';
import { inspectRows } from './inspect-rows.ts';
import { printHeader, unpackNewPrint } from './print.ts';
import { isIntact } from './shelf/checksum.ts';
import { type Row, type Store, without } from './shelf/shelf.ts';
import type { AddTracks } from './tracks/add-tracks.ts';
import { editRows, TRACK_STORES } from './tracks/edit-tracks.ts';
import type { Incoming } from './tracks/new-rows.ts';
import type { Writer } from './writer.ts';

/** A kernel's usual frame rate: gives the length of a track of which only the print is left. */
const FRAMES_PER_SECOND = 43;

/** What was repaired, by name, and what was lost, as sentences. */
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

  /** Checks every row. Damaged segments are marked: upkeep then rebuilds them. Other work goes on meanwhile. */
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
      ...strays.unreadable.map((id) => losses.ofTrack(id)),
    ];
    losses.replaceAll(lost);
    await this.deleteDamaged(strays.unreadable);
    return { repaired, lost };
  }

  /** Makes tracks of prints that have no track row at all. Damaged rows are left to `check`. */
  async recoverStrays(): Promise<void> {
    const { shelf, losses } = this.contents;
    const rows = new Set(await shelf.keys('tracks'));
    const { unreadable } = await this.recoverTracks((id) => !rows.has(id));
    for (const id of unreadable) losses.addTrack(id);
  }

  /** Adds prints without a usable row as new tracks, and deletes the old rows. Gives the tracks whose prints are no use either. */
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

  /** Rows of tracks that were told as lost. A print that a later version or another day may read stays. */
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

/** Its checksum may fit all the same. One that nobody can read must not keep the rest from being recovered. */
function isReadable(print: Row): boolean {
  try {
    unpackNewPrint(print);
    return true;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return false;
  }
}

/** A track as far as its print tells. */
function recovered(id: number, print: Row): Incoming {
  const seconds = printHeader(print).frameCount / FRAMES_PER_SECOND;
  const contentId = id.toString(16).padStart(64, '0'); // unlike any file's, which is a hash
  return { tags: { title: `Recovered track ${id}` }, contentId, fileName: '', seconds, learntSeconds: seconds, print };
}
