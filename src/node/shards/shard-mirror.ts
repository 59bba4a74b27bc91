/**
 * A copy of a shard on the local disk, which follows the database. Searching then needs no database, also while it is gone. The folder
 * may be deleted at any time; the copy is then made anew.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { type CopiedChanges, followShard } from '../../engine/shards/follow-shard.ts';
import type { Notice } from '../../library/shelf/other-writers.ts';
import type { Shelf } from '../../library/shelf/shelf.ts';
import { openLmdb } from '../lmdb/lmdb-shelf.ts';
import { openPostgres, type PostgresShelf } from '../postgres/postgres-shelf.ts';

/** Wait after a failure: the database is gone, or the disk full. */
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 10_000;
/** How often to look, in case a notice was lost. */
const LOOK_MS = 30_000;

interface MirrorHost {
  /** Address of the database, with the shard. */
  place: string;
  shard: number;
  folder: string;
  /** Called when the copy has changed. */
  changed(notice: Notice): void;
  log(what: unknown): void;
}

export class ShardMirror {
  /** Resolves when the copy is complete for the first time, or if it was complete before. */
  readonly ready: Promise<void>;
  /** What was copied first: bytes and how long it took. */
  readonly seeded = { bytes: 0, ms: 0 };
  private isReady = false;
  private tellReady = () => {};
  private notices: Notice[] = [];
  private wake = () => {};
  private isClosed = false;
  private readonly following: Promise<void>;

  private constructor(
    private readonly host: MirrorHost,
    readonly shelf: Shelf,
  ) {
    this.ready = new Promise((resolve) => {
      this.tellReady = resolve;
    });
    this.following = this.follow();
  }

  static async open(host: MirrorHost): Promise<ShardMirror> {
    return new ShardMirror(host, await openLmdb(host.folder));
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.wake();
    await this.following;
    await this.shelf.close();
  }

  /** A copy that was complete before serves also while the database does not answer. */
  private async follow(): Promise<void> {
    if ((await this.shelf.keys('state')).length > 0) this.becomeReady();
    let wait = FIRST_WAIT_MS;
    while (!this.isClosed) {
      let source: Awaited<ReturnType<typeof openPostgres>> | undefined;
      try {
        source = await openPostgres(this.host.place, { readOnly: true });
        source.others.listen((notice) => {
          this.notices.push(notice);
          this.wake();
        });
        for (;;) {
          await this.copy(source.shelf);
          wait = FIRST_WAIT_MS;
          if (this.isClosed) break;
          await this.news();
        }
      } catch (error) {
        const { message } = error as Error;
        this.host.log(`Shard ${this.host.shard} cannot be copied now. ${message} Trying again.`);
      } finally {
        source?.others.close();
        await source?.shelf.close().catch(() => {}); // it is gone already
      }
      if (!this.isClosed) await delay(wait, undefined, { ref: false });
      wait = Math.min(LONGEST_WAIT_MS, 2 * wait);
    }
  }

  private async copy(source: PostgresShelf): Promise<void> {
    const begun = performance.now();
    const notices = this.notices.splice(0);
    const followed = await source.snapshot((rows) => followShard(rows, this.shelf, notices));
    if (followed) this.tell(followed, performance.now() - begun);
    this.becomeReady();
  }

  private tell({ notice, bytes }: CopiedChanges, ms: number): void {
    if (!this.isReady) Object.assign(this.seeded, { bytes, ms });
    this.host.changed(notice);
  }

  private becomeReady(): void {
    this.isReady = true;
    this.tellReady();
  }

  /** Waits until something has changed. */
  private async news(): Promise<void> {
    if (this.notices.length > 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, LOOK_MS);
      timer.unref();
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
