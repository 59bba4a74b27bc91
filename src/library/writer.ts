/**
 * The only way to change a library. A change holds a lock against all other tabs, first reads what they wrote, and ends with one
 * batch that also rewrites the state:
 *
 *     await writer.exclusive(async () => {
 *       await writer.commit(changes, { nextTrack }, { tracks: [id] });   // on the shelf, and announced to other tabs
 *       contents.tracks.put(row, bytes);                                 // then in memory
 *     });
 *     writer.changed('tracks');                                          // announced to this tab's screens
 */
import type { Contents } from './contents.ts';
import { packJson, type State } from './rows/row-bytes.ts';
import { STATE_KEY } from './rows/state.ts';
import type { Notice, OtherWriters } from './shelf/other-writers.ts';
import type { Change } from './shelf/shelf.ts';

/**
 * `tracks`, `sessions`: some were added, changed or removed. `status`: only the index or the library's health changed. `isOwn`: this
 * tab made the change.
 */
export type LibraryChange = { kind: 'tracks' | 'sessions' | 'status'; isOwn?: boolean };

export class Writer {
  /** The `nextTrack` up to which memory is complete. While catching up, the state is ahead of it. */
  addedCount = 1;
  private readonly watchers = new Set<(change: LibraryChange) => void>();
  /** Notices from other tabs since this one last caught up. */
  private notices: Notice[] = [];

  constructor(
    private readonly contents: Contents,
    private readonly others: OtherWriters,
  ) {
    others.listen((notice) => {
      this.notices.push(notice);
      this.catchUp().catch(() => {}); // the next write fails with the same error and reports it
    });
  }

  /**
   * Reads the library for the first time, without locking out other tabs. If one of them wrote meanwhile, this tab may have read a
   * mixture of old and new; it then catches up from the state with which it began.
   */
  async open(): Promise<void> {
    const { contents } = this;
    await contents.readState();
    const { state } = contents;
    await contents.readAll();
    this.addedCount = state.nextTrack;
    if (contents.state.generation === state.generation) return;
    contents.state = state;
    await this.catchUp();
  }

  /** Runs `work` while no other tab can write. */
  exclusive<T>(work: () => Promise<T>): Promise<T> {
    const { contents } = this;
    return this.lock('write', async () => {
      const known = contents.state;
      await contents.readState();
      if (contents.state.generation !== known.generation) await this.catchUpFrom(known);
      this.notices = [];
      const result = await work();
      this.addedCount = contents.state.nextTrack;
      return result;
    });
  }

  /** Reads what other tabs have written. */
  catchUp(): Promise<void> {
    return this.exclusive(async () => {});
  }

  /** Writes the changes and the new state in one batch and announces them to other tabs. Call within `exclusive`. */
  async commit(
    changes: readonly Change[],
    advance: Partial<State>,
    notice: Omit<Notice, 'generation'> = {},
  ): Promise<void> {
    const { contents } = this;
    const state = { ...contents.state, ...advance, generation: contents.state.generation + 1 };
    await contents.shelf.write([...changes, { store: 'state', key: STATE_KEY, row: packJson(state) }]);
    contents.state = state;
    this.others.announce({ ...notice, generation: state.generation });
  }

  /** Runs `work` while holding this lock. To avoid deadlock, take `intake` or `upkeep` before `exclusive`. */
  lock<T>(name: 'intake' | 'upkeep' | 'write', work: () => Promise<T>): Promise<T> {
    return this.others.exclusive(name, work);
  }

  /** Calls back after every change, from this tab or another; returns a function that ends it. */
  watch(watcher: (change: LibraryChange) => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  changed(kind: LibraryChange['kind'], isOwn?: boolean): void {
    for (const watcher of this.watchers) watcher({ kind, ...(isOwn && { isOwn }) });
  }

  close(): void {
    this.others.close();
  }

  private async catchUpFrom(known: State): Promise<void> {
    const { contents } = this;
    const missed = this.notices.filter(({ generation }) => generation > known.generation);
    const isComplete = missed.length === contents.state.generation - known.generation;
    try {
      await (isComplete ? contents.readChanges(missed) : contents.readAll());
    } catch (error) {
      contents.state = known; // the next call tries again
      throw error;
    }
    const isAbout = (is: (notice: Notice) => unknown) => !isComplete || missed.some(is);
    if (isAbout(({ kept }) => kept)) this.changed('sessions');
    if (isAbout(({ kept }) => !kept)) this.changed('tracks');
  }
}
