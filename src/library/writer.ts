/**
 * The only way to change a library. A change runs alone among all tabs that have the library open, after everything the
 * others wrote has been read, and ends in one batch that also rewrites the state:
 *
 *     await writer.exclusive(async () => {
 *       await writer.commit(changes, { nextTrack }, { tracks: [id] });   // on the shelf, and told to other tabs
 *       contents.tracks.put(row, bytes);                                 // then in memory
 *     });
 *     writer.changed('tracks');                                          // told to this tab's screens
 */
import type { Contents } from './contents.ts';
import { packJson, type State } from './row-bytes.ts';
import type { Notice, OtherWriters } from './shelf/other-writers.ts';
import type { Change } from './shelf/shelf.ts';
import { STATE_KEY } from './state.ts';

/** `tracks`: tracks came, changed or went. `sessions`: sessions did. `status`: only the index or the library's health. `isOwn`: this tab did it. */
export type LibraryChange = { kind: 'tracks' | 'sessions' | 'status'; isOwn?: boolean };

export class Writer {
  /** The state's `nextTrack` when all of memory last agreed with it: while catching up, the state itself is ahead. */
  addedCount = 1;
  private readonly watchers = new Set<(change: LibraryChange) => void>();
  /** What others said they wrote since this tab last caught up. */
  private notices: Notice[] = [];

  constructor(
    private readonly contents: Contents,
    private readonly others: OtherWriters,
  ) {
    others.listen((notice) => {
      this.notices.push(notice);
      this.catchUp().catch(() => {}); // whoever writes next meets the same fault and reports it
    });
  }

  /**
   * Reads the library for the first time, without keeping other tabs from writing. If one did so meanwhile, this tab may have
   * read some of it before and some after, so it then catches up from the state it began with.
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

  /** Runs `work` while no other tab writes. */
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

  /** Reads what others have written. */
  catchUp(): Promise<void> {
    return this.exclusive(async () => {});
  }

  /** Writes the changes and the advanced state in one batch, and tells other tabs. Call within `exclusive`. */
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

  /** Runs `work` while no other tab runs work under the same lock. Take `intake` or `upkeep` before `exclusive`. */
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
      contents.state = known; // so that the next call tries again
      throw error;
    }
    const isAbout = (is: (notice: Notice) => unknown) => !isComplete || missed.some(is);
    if (isAbout(({ kept }) => kept)) this.changed('sessions');
    if (isAbout(({ kept }) => !kept)) this.changed('tracks');
  }
}
