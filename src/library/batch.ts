/** Batches of changes as bytes in the volumes of a folder; see `FORMAT.md`. */
import { readSync } from 'node:fs';
import { UserError } from '../errors.ts';
import { checksum } from './checksum.ts';
import { type Change, STORES, type Store } from './shelf.ts';

export const VOLUME_HEADER = new TextEncoder().encode('ENTENDU\x01');

const MAGIC = 0x48435442; // "BTCH"
const LAZY = 1;
const HEADER_BYTES = 16;
const ENTRY_BYTES = 24;
const CHECKSUM_BYTES = 4;
const PUT = 0;
const DELETE = 1;

/** A change as it lies in a volume. Taking away touches only rows in volumes of lower number than `before`. */
export type Placed =
  | { store: Store; key: number; offset: number; length: number }
  | { store: Store; from: number; below: number; before: number };

export interface Batch {
  changes: Placed[];
  lazy: boolean;
  dataStart: number;
  /** Where the next batch begins. */
  end: number;
}

/** As `Change`, but a row may be taken away as of an earlier volume. */
export type Written = Change | { store: Store; from: number; below: number; before: number };

/** A batch that will begin at byte `start` of its volume. */
export function batchBytes(
  changes: readonly Written[],
  start: number,
  lazy: boolean,
): { bytes: Uint8Array; batch: Batch } {
  const dataLength = changes.reduce((sum, change) => sum + ('row' in change ? change.row.length : 0), 0);
  const directoryEnd = HEADER_BYTES + changes.length * ENTRY_BYTES + CHECKSUM_BYTES;
  const bytes = new Uint8Array(directoryEnd + dataLength + CHECKSUM_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, changes.length, true);
  view.setUint32(8, dataLength, true);
  view.setUint32(12, lazy ? LAZY : 0, true);
  let data = directoryEnd;
  const placed = changes.map((change, i): Placed => {
    const entry = HEADER_BYTES + i * ENTRY_BYTES;
    view.setUint8(entry + 1, STORES.indexOf(change.store));
    if ('row' in change) {
      const { store, key, row } = change;
      view.setUint8(entry, PUT);
      view.setUint32(entry + 4, row.length, true);
      view.setFloat64(entry + 8, key, true);
      bytes.set(row, data);
      data += row.length;
      return { store, key, offset: start + data - row.length, length: row.length };
    }
    const { store, from, below } = change;
    const before = 'before' in change ? change.before : 0xffffffff;
    view.setUint8(entry, DELETE);
    view.setUint32(entry + 4, before, true);
    view.setFloat64(entry + 8, from, true);
    view.setFloat64(entry + 16, below, true);
    return { store, from, below, before };
  });
  view.setUint32(directoryEnd - CHECKSUM_BYTES, checksum(bytes.subarray(0, directoryEnd - CHECKSUM_BYTES)), true);
  view.setUint32(data, checksum(bytes.subarray(directoryEnd, data)), true);
  const batch = { changes: placed, lazy, dataStart: start + directoryEnd, end: start + bytes.length };
  return { bytes, batch };
}

/**
 * The whole batches of a volume, and how many between them are not to be read. `isLast`: a crash may have torn its end.
 * What was written before a batch that is not lazy and that others follow has reached the disk, so that damage there is
 * no tear; from there on each batch is checked, and the first torn one ends all.
 */
export function readBatches(
  file: number,
  size: number,
  path: string,
  isLast: boolean,
): { batches: Batch[]; lost: number } {
  const header = bytesAt(file, 0, VOLUME_HEADER.length);
  if (size >= VOLUME_HEADER.length && !header.every((byte, i) => byte === VOLUME_HEADER[i])) {
    if (header.subarray(0, 7).every((byte, i) => byte === VOLUME_HEADER[i])) {
      throw new UserError('LibraryNewer', 'A newer version of Entendu wrote this library.');
    }
    throw new UserError('LibraryDamaged', `${path} is not a part of a library.`);
  }
  const batches: Batch[] = [];
  let lost = 0;
  for (let at = VOLUME_HEADER.length; at < size; ) {
    const batch = batchAt(file, at, size);
    if (batch) batches.push(batch);
    at = batch?.end ?? nextBatch(file, at + 1, size);
    if (!batch && (at < size || !isLast)) lost++;
  }
  if (!isLast) return { batches, lost };
  const synced = batches.findLastIndex(({ lazy }, i) => !lazy && i < batches.length - 1) + 1;
  const torn = batches.findIndex((batch, i) => i >= synced && !isWhole(file, batch));
  return { batches: torn < 0 ? batches : batches.slice(0, torn), lost };
}

function bytesAt(file: number, at: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  return bytes.subarray(0, readSync(file, bytes, 0, length, at));
}

/** The batch that begins here, its directory being sound and its data within the file. */
function batchAt(file: number, at: number, size: number): Batch | undefined {
  const head = bytesAt(file, at, HEADER_BYTES);
  if (head.length < HEADER_BYTES) return undefined;
  const headView = new DataView(head.buffer);
  const count = headView.getUint32(4, true);
  const dataLength = headView.getUint32(8, true);
  const directoryEnd = HEADER_BYTES + count * ENTRY_BYTES + CHECKSUM_BYTES;
  const end = at + directoryEnd + dataLength + CHECKSUM_BYTES;
  if (headView.getUint32(0, true) !== MAGIC || end > size) return undefined;

  const bytes = bytesAt(file, at, directoryEnd);
  const view = new DataView(bytes.buffer);
  const sum = view.getUint32(directoryEnd - CHECKSUM_BYTES, true);
  if (sum !== checksum(bytes.subarray(0, directoryEnd - CHECKSUM_BYTES))) return undefined;
  const changes: Placed[] = [];
  let offset = at + directoryEnd;
  for (let entry = HEADER_BYTES; entry < directoryEnd - CHECKSUM_BYTES; entry += ENTRY_BYTES) {
    const store = STORES[view.getUint8(entry + 1)];
    const lengthOrBefore = view.getUint32(entry + 4, true);
    const key = view.getFloat64(entry + 8, true);
    if (view.getUint8(entry) === PUT) {
      changes.push({ store, key, offset, length: lengthOrBefore });
      offset += lengthOrBefore;
    } else {
      changes.push({ store, from: key, below: view.getFloat64(entry + 16, true), before: lengthOrBefore });
    }
  }
  return { changes, lazy: (view.getUint32(12, true) & LAZY) !== 0, dataStart: at + directoryEnd, end };
}

function isWhole(file: number, { dataStart, end }: Batch): boolean {
  const data = bytesAt(file, dataStart, end - dataStart);
  const length = end - dataStart - CHECKSUM_BYTES;
  return new DataView(data.buffer).getUint32(length, true) === checksum(data.subarray(0, length));
}

/** Where the next sound batch begins after a damaged one; `size` if nowhere. */
function nextBatch(file: number, from: number, size: number): number {
  const CHUNK = 1 << 20;
  for (let start = from; start < size; start += CHUNK) {
    const bytes = bytesAt(file, start, CHUNK + 3);
    for (let i = bytes.indexOf(MAGIC & 0xff); i >= 0 && i < CHUNK; i = bytes.indexOf(MAGIC & 0xff, i + 1)) {
      if (bytes[i + 1] === 0x54 && bytes[i + 2] === 0x43 && bytes[i + 3] === 0x48 && batchAt(file, start + i, size)) {
        return start + i;
      }
    }
  }
  return size;
}
