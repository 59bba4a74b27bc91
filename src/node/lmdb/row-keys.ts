/** Keys of rows in LMDB. */
import type { Database } from 'lmdb';

export type RowDatabase = Database<Buffer, Buffer>;

/** Keys are 8 bytes, big-endian, so that they are ordered numerically. */
export function keyBytes(key: number): Buffer {
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeUInt32BE(Math.floor(key / 2 ** 32), 0);
  bytes.writeUInt32BE(key >>> 0, 4);
  return bytes;
}

export const keyOf = (bytes: Uint8Array): number => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, 8);
  return view.getUint32(0) * 2 ** 32 + view.getUint32(4);
};

export function rangeOf(from = 0, below = Infinity): { start: Buffer; end?: Buffer } | undefined {
  if (from >= below) return undefined;
  return { start: keyBytes(from), ...(below < Infinity && { end: keyBytes(below) }) };
}

export function keysIn(rows: RowDatabase, from?: number, below?: number): number[] {
  const range = rangeOf(from, below);
  return range ? Array.from(rows.getKeys(range), keyOf) : [];
}
