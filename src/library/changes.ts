/**
 * Everything that changes a library: adding, editing, removing, checking, and background work. `library.ts` loads this module
 * after opening, so that listening can start without it.
 */
import type { TrackId } from '../types.ts';
import type { Contents } from './contents.ts';
import { Health } from './health/health.ts';
import { Upkeep } from './index/upkeep.ts';
import type { TrackRow } from './rows/row-bytes.ts';
import { AddTracks } from './tracks/add-tracks.ts';
import { deleteTracks, editRows, setCover } from './tracks/edit-tracks.ts';
import type { Writer } from './writer.ts';

/** How long removed tracks are kept, because another tab may still restore them. */
const REMOVED_KEPT_MS = 3_600_000;

export class Changes {
  readonly adding: AddTracks;
  readonly health: Health;
  private readonly upkeep: Upkeep;
  private isTidy = false;

  constructor(
    private readonly contents: Contents,
    private readonly writer: Writer,
  ) {
    this.adding = new AddTracks(contents, writer);
    this.health = new Health(contents, writer, this.adding);
    this.upkeep = new Upkeep(contents, writer);
  }

  editRows(ids: TrackId[], edit: (row: TrackRow) => TrackRow): Promise<void> {
    return editRows(this.contents, this.writer, ids, edit);
  }

  /** Replaces the cover of a track, or removes it. */
  setCover(id: TrackId, cover: Blob | undefined): Promise<void> {
    return setCover(this.contents, this.writer, id, cover);
  }

  /** Permanently deletes the removed tracks for which `isDue` returns true. */
  async deleteRemoved(isDue: (row: TrackRow) => boolean): Promise<void> {
    await deleteTracks(this.contents, this.writer, (row) => row.removed !== undefined && isDue(row));
  }

  /** Permanently deletes the tracks for which `isDue` returns true, and returns how many these were. */
  async erase(isDue: (row: TrackRow) => boolean): Promise<number> {
    const count = await deleteTracks(this.contents, this.writer, isDue);
    if (count > 0) this.writer.changed('tracks');
    return count;
  }

  livingRows(): TrackRow[] {
    return this.contents.tracks.rows().filter(({ removed }) => removed === undefined);
  }

  /** One step of background work: first the leftovers of earlier sessions, then the index, then its copies. False if none is due. */
  async step(): Promise<boolean> {
    const { contents, writer } = this;
    if (!this.isTidy) await this.tidy();
    const isMoreDue = await writer.lock('upkeep', () => this.upkeep.step());
    if (!isMoreDue) await writer.lock('upkeep', () => contents.pages.updateMirror(contents.index.segments));
    if (!isMoreDue && contents.sketches.areRepairsDue) return this.repairSketches();
    writer.changed('status');
    return isMoreDue;
  }

  private async repairSketches(): Promise<true> {
    const { contents, writer } = this;
    await writer.exclusive(() => writer.commit(contents.sketches.repairs(), {}, { tracks: [] }));
    return true;
  }

  /** Deletes tracks removed long ago and rows of interrupted imports; recovers prints without a track. */
  private async tidy(): Promise<void> {
    const latest = Date.now() - REMOVED_KEPT_MS;
    await this.deleteRemoved(({ removed = Infinity }) => removed < latest);
    await this.adding.clearUncounted();
    await this.health.recoverStrays();
    this.isTidy = true;
  }
}
