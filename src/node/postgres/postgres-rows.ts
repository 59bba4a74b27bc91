/** Reads rows of a shard, over whichever connection. */
import type { QueryArrayConfig } from 'pg';
import type { Row, Shelf, Store } from '../../library/shelf/shelf.ts';
import { SCHEMA } from './schema.ts';

export const KEY_END = Number.MAX_SAFE_INTEGER;

export type ReadRows = Pick<Shelf, 'read' | 'list' | 'keys'>;

export class PostgresRows implements ReadRows {
  constructor(
    private readonly shard: number,
    private readonly ask: (query: QueryArrayConfig) => Promise<unknown[][]>,
  ) {}

  async read(store: Store, keys: ArrayLike<number>): Promise<(Row | undefined)[]> {
    const wanted = Array.from(keys);
    const text = `SELECT key, row FROM ${SCHEMA}.${store} WHERE shard = $1 AND key = ANY($2::bigint[])`;
    const rows = await this.run(`read ${store}`, text, [wanted]);
    const found = new Map(rows.map(([key, row]) => [Number(key), row as Buffer]));
    return wanted.map((key) => {
      const row = found.get(key);
      return row && rowOf(row);
    });
  }

  async list(store: Store, from = 0, below = KEY_END): Promise<[key: number, row: Row][]> {
    const rows = await this.range(`list ${store}`, 'key, row', store, from, below);
    return rows.map(([key, row]) => [Number(key), rowOf(row as Buffer)]);
  }

  async keys(store: Store, from = 0, below = KEY_END): Promise<number[]> {
    const rows = await this.range(`keys ${store}`, 'key', store, from, below);
    return rows.map(([key]) => Number(key));
  }

  private range(name: string, columns: string, store: Store, from: number, below: number): Promise<unknown[][]> {
    const table = `${SCHEMA}.${store}`;
    const text = `SELECT ${columns} FROM ${table} WHERE shard = $1 AND key >= $2 AND key < $3 ORDER BY key`;
    return this.run(name, text, [from, Math.min(below, KEY_END)]);
  }

  private run(name: string, text: string, values: unknown[]): Promise<unknown[][]> {
    return this.ask({ name, text, values: [this.shard, ...values], rowMode: 'array' });
  }
}

const rowOf = (bytes: Buffer): Row =>
  bytes.byteOffset === 0 && bytes.buffer.byteLength === bytes.length
    ? new Uint8Array(bytes.buffer as ArrayBuffer)
    : Uint8Array.from(bytes);
