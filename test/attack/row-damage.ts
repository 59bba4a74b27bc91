/** What happens to rows of a library: lost, flipped, cut, exchanged, or forged with a checksum that fits. */
import { unpackPrint } from '../../src/library/prints/print.ts';
import { writeChecksum } from '../../src/library/shelf/checksum.ts';
import { type Change, type Row, type Shelf, STORES, type Store, without } from '../../src/library/shelf/shelf.ts';
import type { Input } from './attack.ts';
import { inShort } from './library-check.ts';

/** None is what a library would write where it writes numbers. Whoever forges sane ones might as well remove the songs. */
const NUMBERS = [-1, 0.5, 2 ** 53, 1e300, null, 'x', '', [], {}, true, false];

const FORGED = 'forged with a checksum that fits';

/** Gives the prints that were forged so well that they are prints: nobody can tell that they are not what was learnt. */
export async function damageRows(input: Input, shelf: Shelf): Promise<Set<string>> {
  const emptied = new Set<Store>();
  const forged = new Set<string>();
  for (let count = input.pick([1, 1, 1, 2, 5]); count > 0; count--) {
    const store = input.pick(STORES);
    const rows = await shelf.list(store);
    if (rows.length === 0) continue;
    const kind = input.pick(Object.keys(damages));
    // Of songs whose rows and prints are both gone, nothing is left that could tell of them.
    if (kind in losses && (store === 'tracks' || store === 'prints') && emptied.size > 0 && !emptied.has(store))
      continue;
    if (kind in losses && (store === 'tracks' || store === 'prints')) emptied.add(store);
    const [key, row] = input.pick(rows);
    input.note(`${store} ${key}: ${kind}`);
    const changes = await damages[kind]({ input, shelf, store, key, row: row.slice(), rows });
    for (const change of changes) if (kind === FORGED && 'row' in change) forged.add(printIn(change.row));
    await shelf.write(changes);
  }
  return forged;
}

function printIn(row: Row): string {
  try {
    return inShort(unpackPrint(row));
  } catch {
    return 'no print';
  }
}

interface Victim {
  input: Input;
  shelf: Shelf;
  store: Store;
  key: number;
  row: Row;
  rows: [number, Row][];
}

type Damage = (victim: Victim) => Change[] | Promise<Change[]>;

const losses: Record<string, Damage> = {
  lost: ({ store, key }) => [without(store, key)],
  'lost with all others': ({ store }) => [{ store, from: 0, below: Infinity }],
  'lost, from here on': ({ store, key }) => [{ store, from: key, below: Infinity }],
};

const damages: Record<string, Damage> = {
  ...losses,
  flipped({ input, store, key, row }) {
    for (let count = 1 + input.below(5); count > 0 && row.length > 0; count--)
      row[input.below(row.length)] ^= 1 << input.below(8);
    return [{ store, key, row }];
  },
  cut: ({ input, store, key, row }) => [{ store, key, row: row.slice(0, input.below(row.length)) }],
  empty: ({ store, key }) => [{ store, key, row: new Uint8Array(0) }],
  noise: ({ input, store, key, row }) => [{ store, key, row: row.map(() => 256 * input.draw()) }],
  longer: ({ input, store, key, row }) => [
    { store, key, row: Uint8Array.from([...row, ...new Uint8Array(input.below(100))]) },
  ],
  'exchanged with another'({ input, store, key, row, rows }) {
    const [otherKey, other] = input.pick(rows);
    return [
      { store, key, row: other.slice() },
      { store, key: otherKey, row },
    ];
  },
  'exchanged with one of another store': async ({ input, shelf, store, key }) => {
    const others = await shelf.list(input.pick(STORES));
    return others.length === 0 ? [] : [{ store, key, row: input.pick(others)[1].slice() }];
  },
  'there under another number': ({ input, store, row, rows }) => [
    { store, key: input.pick([0, 1, rows.length + 1, 10_000, 2 ** 31, 2 ** 40]), row },
  ],
  [FORGED]: ({ input, store, key, row }) => [{ store, key, row: forged(input, store, row) }],
};

/** JSON with an absurd field, or bytes with a few absurd ones. */
function forged(input: Input, store: Store, row: Row): Row {
  if (row.length < 5) return row;
  const value = store === 'state' || store === 'tracks' ? jsonIn(row) : undefined;
  if (!value) {
    for (let count = 1 + input.below(4); count > 0; count--)
      row[Math.floor(input.draw() ** 2 * (row.length - 4))] = input.pick([0, 1, 127, 255, input.below(256)]);
    return writeChecksum(row);
  }
  const field = input.pick(Object.keys(value));
  value[field] = input.once(5) ? undefined : input.pick(NUMBERS);
  input.note(`${field} becomes ${JSON.stringify(value[field])}`);
  const text = new TextEncoder().encode(
    input.once(10) ? input.pick(['null', '[]', '5', '{}', '"x"', '{']) : JSON.stringify(value),
  );
  const bytes = new Uint8Array(text.length + 4);
  bytes.set(text);
  return writeChecksum(bytes);
}

/** Undefined if earlier damage has turned the row into something else. */
function jsonIn(row: Row): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(row.subarray(0, -4)));
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
