import { type Row, type Shelf, STORES, type Store } from './shelf.ts';

/** A shelf in memory, which ends with the process. */
export function openMemory(): Shelf {
  const stores = new Map<Store, Map<number, Row>>(STORES.map((name) => [name, new Map()]));
  const rowsOf = (store: Store) => stores.get(store) as Map<number, Row>;
  const keys = (store: Store, from = 0, below = Infinity) =>
    [...rowsOf(store).keys()].filter((key) => key >= from && key < below).sort((a, b) => a - b);

  return {
    read: async (store, asked) => Array.from(asked, (key) => rowsOf(store).get(key)),
    list: async (store, from, below) => keys(store, from, below).map((key) => [key, rowsOf(store).get(key) as Row]),
    keys: async (store, from, below) => keys(store, from, below),
    async write(changes) {
      for (const change of changes) {
        if ('row' in change) rowsOf(change.store).set(change.key, change.row);
        else for (const key of keys(change.store, change.from, change.below)) rowsOf(change.store).delete(key);
      }
    },
    async close() {},
  };
}
