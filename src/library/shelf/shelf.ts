/**
 * The interface to storage: rows of bytes under numeric keys, and atomic batches of changes. Implemented by `indexeddb.ts`,
 * `node/lmdb/lmdb-shelf.ts` and `memory.ts`, which know nothing of the rows' content (`FORMAT.md`).
 */
export const STORES = [
  'state',
  'tracks',
  'prints',
  'covers',
  'lyrics',
  'sketches',
  'segments',
  'pages',
  'sessions',
  'strips',
  'refusals',
] as const;
export type Store = (typeof STORES)[number];

/** Spans its whole buffer, and is never modified after it has been passed on. */
export type Row = Uint8Array<ArrayBuffer>;

/** Stores a row under a key, or deletes all rows with from <= key < below. */
export type Change<S extends Store = Store> =
  | { store: S; key: number; row: Row }
  | { store: S; from: number; below: number };

export interface Shelf {
  /** Opened read-only. */
  readonly isReadOnly?: boolean;
  /** Losses that storage noticed when it was opened, as sentences. */
  readonly damaged?: readonly string[];
  /** Rows in the order of `keys`. A row that exists but cannot be read is returned empty, here and in `list`. */
  read(store: Store, keys: ArrayLike<number>): Promise<(Row | undefined)[]>;
  /** Rows with from <= key < below, by ascending key. */
  list(store: Store, from?: number, below?: number): Promise<[key: number, row: Row][]>;
  /** Like `list`, but only the keys. */
  keys(store: Store, from?: number, below?: number): Promise<number[]>;
  /**
   * Applies all changes in order, or none; readers also see all or none. Once this resolves, the changes survive a power failure.
   * A `lazy` batch may be lost in one, but only together with all later batches.
   */
  write(changes: readonly Change[], lazy?: boolean): Promise<void>;
  /** Waits for running batches. */
  close(): Promise<void>;
}

/** The change that deletes one row. */
export const without = <S extends Store>(store: S, key: number): Change<S> => ({ store, from: key, below: key + 1 });
