/** What is done in the background: first tidying up after earlier sessions, then the index, then its copies. */
import type { Contents } from './contents.ts';
import type { Health } from './health.ts';
import { Upkeep } from './index/upkeep.ts';
import type { AddTracks } from './tracks/add-tracks.ts';
import { deleteRemoved } from './tracks/edit-tracks.ts';
import type { Writer } from './writer.ts';

/** How long removed tracks are kept, since another tab may still restore them. */
const REMOVED_KEPT_MS = 3_600_000;

export class Maintenance {
  private readonly upkeep: Upkeep;
  private isTidy = false;

  constructor(
    private readonly contents: Contents,
    private readonly writer: Writer,
    private readonly adding: AddTracks,
    private readonly health: Health,
  ) {
    this.upkeep = new Upkeep(contents, writer);
  }

  /** Does one thing that is due; false if nothing more is. */
  async step(): Promise<boolean> {
    const { contents, writer } = this;
    if (!this.isTidy) await this.tidy();
    const isMoreDue = await writer.lock('upkeep', () => this.upkeep.step());
    if (!isMoreDue) await writer.lock('upkeep', () => contents.pages.updateMirror(contents.index.segments));
    writer.changed('status');
    return isMoreDue;
  }

  /** Deletes tracks removed long ago and rows of interrupted imports, and recovers prints without a track. */
  private async tidy(): Promise<void> {
    const latest = Date.now() - REMOVED_KEPT_MS;
    await deleteRemoved(this.contents, this.writer, ({ removed = Infinity }) => removed < latest);
    await this.adding.clearUncounted();
    await this.health.recoverStrays();
    this.isTidy = true;
  }
}
