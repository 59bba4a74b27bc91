/**
 * The contract of all shelves. Each check returns what was observed and what is expected, so that it can run anywhere: in Node and
 * within a page.
 */
import { type Change, type Row, type Shelf, STORES, type Store, without } from '../../src/library/shelf/shelf.ts';
import { random } from './random.ts';

/** Opens the shelf again; a persistent one still has its content. */
type Open = () => Promise<Shelf>;
type Seen = [seen: unknown, expected: unknown];

const row = (...bytes: number[]): Row => Uint8Array.from(bytes);

async function order(open: Open): Promise<Seen[]> {
  const shelf = await open();
  await shelf.write([
    { store: 'prints', key: 7, row: row(7, 7) },
    { store: 'prints', key: 2 ** 40, row: row(4) },
    { store: 'tracks', key: 7, row: row(1) },
    { store: 'prints', key: 0, row: row() },
  ]);
  const seen: Seen[] = [
    [await shelf.read('prints', [2 ** 40, 3, 0, 7]), [row(4), undefined, row(), row(7, 7)]],
    [await shelf.read('covers', [7]), [undefined]],
  ];
  await shelf.close();
  return seen;
}

async function lists(open: Open): Promise<Seen[]> {
  const shelf = await open();
  const keys = [30, 2, 2 ** 33, 1, 29];
  await shelf.write(keys.map((key) => ({ store: 'pages', key, row: row(key & 0xff) })));
  const listed = [
    [29, row(29)],
    [30, row(30)],
  ];
  const seen: Seen[] = [
    [await shelf.keys('pages'), [1, 2, 29, 30, 2 ** 33]],
    [await shelf.keys('pages', 2, 30), [2, 29]],
    [await shelf.list('pages', 29, 2 ** 33), listed],
    [await shelf.list('pages', 2, 2), []],
    [await shelf.keys('pages', 3, 2), []],
  ];
  await shelf.close();
  return seen;
}

async function batches(open: Open): Promise<Seen[]> {
  const shelf = await open();
  await shelf.write([
    { store: 'state', key: 1, row: row(1) },
    { store: 'state', from: 0, below: Infinity },
    { store: 'state', key: 2, row: row(2) },
    { store: 'state', key: 2, row: row(3) },
    { store: 'state', key: 4, row: row(4) },
    without('state', 4),
  ]);
  const seen: Seen[] = [[await shelf.list('state'), [[2, row(3)]]]];
  await shelf.close();
  return seen;
}

async function likeMap(open: Open, isLasting: boolean): Promise<Seen[]> {
  const next = random(11);
  const expected = new Map(STORES.map((store) => [store, new Map<number, Row>()]));
  let shelf = await open();
  for (let round = 0; round < 120; round++) {
    const changes: Change[] = Array.from({ length: 1 + Math.floor(next() * 6) }, () => {
      const store: Store = STORES[Math.floor(next() * STORES.length)];
      const key = Math.floor(next() * 40);
      const rows = expected.get(store) as Map<number, Row>;
      if (next() < 0.3) {
        const below = key + 1 + Math.floor(next() * 5);
        for (let gone = key; gone < below; gone++) rows.delete(gone);
        return { store, from: key, below };
      }
      const bytes = Uint8Array.from({ length: Math.floor(next() * 50) }, () => Math.floor(next() * 256));
      rows.set(key, bytes);
      return { store, key, row: bytes };
    });
    await shelf.write(changes, next() < 0.5);
    if (isLasting && next() < 0.1) {
      await shelf.close();
      shelf = await open();
    }
  }
  const seen: Seen[] = [];
  for (const store of STORES) {
    const rows = [...(expected.get(store) as Map<number, Row>)].sort(([a], [b]) => a - b);
    seen.push([await shelf.list(store), rows]);
  }
  await shelf.close();
  return seen;
}

async function turns(open: Open): Promise<Seen[]> {
  const shelf = await open();
  await Promise.all(Array.from({ length: 20 }, (_, i) => shelf.write([{ store: 'state', key: 0, row: row(i) }])));
  const seen: Seen[] = [[await shelf.read('state', [0]), [row(19)]]];
  await shelf.close();
  return seen;
}

/** The checks by description; each needs its own shelf. */
export const contract: Record<string, (open: Open, isLasting: boolean) => Promise<Seen[]>> = {
  'rows come back in the order asked, and missing ones as undefined': order,
  'lists and keys ascend and end before the upper bound': lists,
  'changes of a batch happen in their order': batches,
  'it holds what a map would after hundreds of random batches': likeMap,
  'batches written without waiting happen one after the other': turns,
};
