/**
 * Who may write, and what is there: the library's state, one row that every change rewrites in its own batch. One tab
 * writes at a time, and only after it has caught up with what others wrote.
 */
import { UserError } from '../errors.ts';
import { segmentOfPage } from './index/segment.ts';
import { packJson, ROWS_VERSION, type State, unpackState, unpackTrackRow } from './row-bytes.ts';
import type { Neighbours, Change as News } from './shelf/other-writers.ts';
import type { Change, Shelf } from './shelf/shelf.ts';

export class Ledger {
  state: State;
  /** `nextTrack` of the state that everything in memory agrees with; the state itself may be ahead while catching up. */
  addedCount = 1;
  private news: News[] = [];

  /** `catchUp` takes in what others changed: all of it, if it is not told what. */
  constructor(
    private readonly shelf: Shelf,
    private readonly neighbours: Neighbours,
    private readonly gapFrames: number,
    private readonly catchUp: (news: News[] | undefined) => Promise<void>,
  ) {
    this.state = {
      version: ROWS_VERSION,
      generation: 0,
      firstTrack: 1,
      nextTrack: 1,
      nextTapeStart: gapFrames,
      nextSegment: 1,
      leftovers: [],
    };
    neighbours.hear((news) => {
      this.news.push(news);
      // Catching up is what `alone` does first; a fault in it will meet whoever asks next.
      this.alone(async () => {}).catch(() => {});
    });
  }

  async read(): Promise<void> {
    const [row] = await this.shelf.read('state', [0]);
    this.state = (row && unpackState(row)) ?? (await this.recovered());
    if (this.state.version > ROWS_VERSION) {
      throw new UserError('LibraryNewer', 'A newer version of Entendu wrote this library. Reload the page.');
    }
  }

  /**
   * The state as the rows show it, for when its own row is missing or damaged. It counts every track and print there is:
   * rows of an import that was cut off may come to count, but none is taken for a leftover and deleted.
   */
  private async recovered(): Promise<State> {
    const rows = await this.shelf.list('tracks');
    const tracks = rows.flatMap(([id, row]) => unpackTrackRow(id, row) ?? []);
    const ids = [...rows.map(([id]) => id), ...(await this.shelf.keys('prints')), ...(await this.shelf.keys('covers'))];
    const segments = [...(await this.shelf.keys('segments')), ...(await this.shelf.keys('pages')).map(segmentOfPage)];
    return {
      ...this.state,
      firstTrack: 1,
      nextTrack: ids.reduce((next, id) => Math.max(next, id + 1), 1),
      nextTapeStart: tracks.reduce(
        (next, { tapeStart, frameCount }) => Math.max(next, tapeStart + frameCount + this.gapFrames),
        this.gapFrames,
      ),
      nextSegment: segments.reduce((next, id) => Math.max(next, id + 1), 1),
    };
  }

  /** Runs work that writes while nobody else does. */
  alone<T>(work: () => Promise<T>): Promise<T> {
    return this.neighbours.alone('write', async () => {
      const known = this.state;
      await this.read();
      if (this.state.generation !== known.generation) await this.catchUpFrom(known);
      this.news = [];
      const result = await work();
      this.addedCount = this.state.nextTrack;
      return result;
    });
  }

  private async catchUpFrom(known: State): Promise<void> {
    const news = this.news.filter(({ generation }) => generation > known.generation);
    try {
      await this.catchUp(news.length === this.state.generation - known.generation ? news : undefined);
    } catch (error) {
      this.state = known; // so that the next call catches up
      throw error;
    }
  }

  /** Makes the changes and advances the state in one batch; to be called within `alone`. */
  async write(changes: readonly Change[], advance: Partial<State>, news: Omit<News, 'generation'>): Promise<void> {
    const state = { ...this.state, ...advance, generation: this.state.generation + 1 };
    await this.shelf.write([...changes, { store: 'state', key: 0, row: packJson(state) }]);
    this.state = state;
    this.neighbours.tell({ ...news, generation: state.generation });
  }
}
