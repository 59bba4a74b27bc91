/**
 * Rows that the library stores for other code (sessions, lyrics, catalogues): in the same batches as its own rows, and with notices to other
 * tabs. It does not interpret them.
 */
import type { Contents } from '../contents.ts';
import type { Gate } from '../gate.ts';
import type { Change, Row, Store } from '../shelf/shelf.ts';
import type { Writer } from '../writer.ts';

/** In `state`, the row 0 is the library's own. */
export type KeptStore = Extract<Store, 'sessions' | 'strips' | 'refusals' | 'lyrics' | 'state'>;

export class KeptRows {
  constructor(
    private readonly contents: Contents,
    private readonly writer: Writer,
    private readonly gate: Gate,
  ) {}

  get isReadOnly(): boolean {
    return this.contents.shelf.isReadOnly === true;
  }

  read(store: KeptStore, keys: ArrayLike<number>): Promise<(Row | undefined)[]> {
    return this.gate.run(() => this.contents.shelf.read(store, keys));
  }

  list(store: KeptStore, from?: number): Promise<[key: number, row: Row][]> {
    return this.gate.run(() => this.contents.shelf.list(store, from));
  }

  keys(store: KeptStore): Promise<number[]> {
    return this.gate.run(() => this.contents.shelf.keys(store));
  }

  /** Applies all changes or none, and notifies other tabs. */
  write(changes: readonly Change<KeptStore>[]): Promise<void> {
    return this.gate.run(async () => {
      await this.writer.exclusive(() => this.writer.commit(changes, {}, { kept: true }));
      this.writer.changed('sessions', true);
    });
  }
}
