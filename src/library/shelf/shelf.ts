/**
 * What the library asks of the ground below: rows of bytes under numbers, and batches that happen whole or not at all.
 * `indexeddb.ts`, `node/lmdb/lmdb-shelf.ts` and `memory.ts` provide it; what the rows hold is the library's business (`FORMAT.md`).
 */
export const STORES = ['state', 'tracks', 'prints', 'covers', 'segments', 'pages', 'sessions', 'strips'] as const;
export type Store = (typeof STORES)[number];

/** Fills its buffer from end to end, and is never changed after it was handed over. */
export type Row = Uint8Array<ArrayBuffer>;

/** Puts a row under a key, or takes away all rows whose keys are `from` or more and less than `below`. */
export type Change<S extends Store = Store> =
  | { store: S; key: number; row: Row }
  | { store: S; from: number; below: number };

export interface Shelf {
  /** Opened read-only. */
  readonly isReadOnly?: boolean;
  /** What was written and cannot be read any more, where that shows before a row is asked for: sentences. */
  readonly damaged?: readonly string[];
  /** Rows in the order of the keys asked for. One that is there and cannot be read comes back empty, here and in `list`. */
  read(store: Store, keys: ArrayLike<number>): Promise<(Row | undefined)[]>;
  /** Rows with keys of `from` or more and less than `below`, by ascending key. */
  list(store: Store, from?: number, below?: number): Promise<[key: number, row: Row][]>;
  /** As `list`, without the rows. */
  keys(store: Store, from?: number, below?: number): Promise<number[]>;
  /**
   * Makes all changes, in their order, or none; readers see all or none of them. When it resolves they outlast a power
   * cut; a `lazy` batch may be lost in one, but only with all batches after it.
   */
  write(changes: readonly Change[], lazy?: boolean): Promise<void>;
  /** Batches under way are finished first. */
  close(): Promise<void>;
}

/** The change that takes away one row. */
export const without = <S extends Store>(store: S, key: number): Change<S> => ({ store, from: key, below: key + 1 });
