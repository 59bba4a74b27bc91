/**
 * Pages of a segment: postings ordered by hash, just under 8 kB of them, in codes as long as their entropy asks. The number
 * of bits a posting takes depends on how dense the tape is with landmarks, not on how long it is: 2.7 bytes at every
 * size of library. Every bit is described in `FORMAT.md`.
 *
 *     u8 version | u8 Rice parameter of hash gaps | u16 groups | u32 first hash of each group
 *     | u16 first bit of each group, u16 end | (to a multiple of 4) | the groups' bits | u32 checksum
 */

import { isSound, sign } from '../shelf/checksum.ts';
import type { Row } from '../shelf/shelf.ts';
import { BitReader, BitWriter, riceParameter } from './bits.ts';
import { Growing, lowerBound, type Run } from './postings.ts';

export const PAGE_VERSION = 1;

/**
 * A row has at most this many bytes: two pages of LMDB hold 8,168, one of PostgreSQL 8,160, and 16 bits can number the bits.
 * A little more would take half as much disk again.
 */
export const MOST_BYTES = 8000;
/** A group is closed at this many postings: finding a hash means decoding part of its group. */
const GROUP_POSTINGS = 64;
/** Longer runs are cut in pieces, so that none outgrows a page. */
const PIECE_POSTINGS = 128;
/** From this many positions on, a run says its Rice parameter itself instead of taking the expected one. */
const LONG_RUN = 16;
const PARAMETER_BITS = 5;
const HEADER_BYTES = 4;
const CHECKSUM_BYTES = 4;

/** Rice parameters for the gaps of runs of 0..15 positions on a stretch of tape of this length. */
export function gapParameters(frames: number): Uint8Array {
  return Uint8Array.from({ length: LONG_RUN }, (_, count) => riceParameter(frames / (count + 1)));
}

/** What its segment keeps of a page. */
export interface PackedPage {
  firstHash: number;
  postingCount: number;
  byteLength: number;
}

/** Where the bits of the groups begin. */
const tableEndOf = (groups: number) => HEADER_BYTES + groups * 4 + (groups + 1 + ((groups + 1) & 1)) * 2;

/** Turns runs, in ascending order of their hashes, into pages. */
export class PageWriter {
  lastHash = 0;
  private readonly parameters: Uint8Array;
  private readonly bits = new BitWriter(MOST_BYTES);
  private groupHashes: number[] = [];
  private groupBits: number[] = [];
  private groupPostings = 0;
  private postingCount = 0;
  private hashCount = 0;
  private parameter = 4;

  constructor(
    private readonly tapeStart: number,
    tapeEnd: number,
    private readonly take: (row: Row, page: PackedPage) => void,
  ) {
    this.parameters = gapParameters(tapeEnd - tapeStart);
  }

  /** The ascending positions of a hash: `positions[from..to]`. */
  add(hash: number, positions: Uint32Array, from: number, to: number): void {
    for (let start = from; start < to; start += PIECE_POSTINGS) {
      this.addPiece(hash, positions, start, Math.min(to, start + PIECE_POSTINGS));
    }
  }

  finish(): void {
    if (this.postingCount === 0) return;
    const groups = this.groupHashes.length;
    const row = new Uint8Array(this.rowBytes);
    const view = new DataView(row.buffer);
    view.setUint8(0, PAGE_VERSION);
    view.setUint8(1, this.parameter);
    view.setUint16(2, groups, true);
    for (let i = 0; i < groups; i++) {
      view.setUint32(HEADER_BYTES + i * 4, this.groupHashes[i], true);
      view.setUint16(HEADER_BYTES + groups * 4 + i * 2, this.groupBits[i], true);
    }
    view.setUint16(HEADER_BYTES + groups * 6, this.bits.length, true);
    this.bits.copyTo(row, tableEndOf(groups));
    this.take(sign(row), {
      firstHash: this.groupHashes[0],
      postingCount: this.postingCount,
      byteLength: row.length,
    });

    // The next page's hashes will lie about as far apart as this one's, which may all be the last page's last.
    this.parameter = riceParameter((this.lastHash - this.groupHashes[0]) / Math.max(1, this.hashCount));
    this.bits.clear();
    this.groupHashes = [];
    this.groupBits = [];
    this.groupPostings = 0;
    this.postingCount = 0;
    this.hashCount = 0;
  }

  private get rowBytes(): number {
    return tableEndOf(this.groupHashes.length) + ((this.bits.byteLength + 3) & ~3) + CHECKSUM_BYTES;
  }

  private addPiece(hash: number, positions: Uint32Array, from: number, to: number): void {
    const { lastHash, groupPostings, postingCount, hashCount } = this;
    const [bits, groups] = [this.bits.length, this.groupHashes.length];
    this.append(hash, positions, from, to);
    if (this.rowBytes <= MOST_BYTES) return;
    // It does not fit: it is taken back and begins the next page.
    this.bits.cut(bits);
    this.groupHashes.length = this.groupBits.length = groups;
    Object.assign(this, { lastHash, groupPostings, postingCount, hashCount });
    this.finish();
    this.append(hash, positions, from, to);
  }

  private append(hash: number, positions: Uint32Array, from: number, to: number): void {
    const { bits, parameters } = this;
    if (this.groupHashes.length === 0 || this.groupPostings >= GROUP_POSTINGS) {
      this.groupHashes.push(hash);
      this.groupBits.push(bits.length);
      this.groupPostings = 0;
    } else {
      bits.rice(hash - this.lastHash, this.parameter);
    }
    const count = to - from;
    bits.gamma(count);
    const isLong = count >= LONG_RUN;
    const parameter = isLong ? riceParameter((positions[to - 1] - positions[from]) / (count - 1)) : parameters[count];
    if (isLong) bits.bits(parameter, PARAMETER_BITS);
    bits.rice(positions[from] - this.tapeStart, isLong ? parameters[1] : parameter);
    for (let i = from + 1; i < to; i++) bits.rice(positions[i] - positions[i - 1], parameter);
    this.groupPostings += count;
    this.postingCount += count;
    if (hash !== this.lastHash) this.hashCount++;
    this.lastHash = hash;
  }
}

export class Page {
  private readonly gapParameter: number;
  private readonly groupHashes: Uint32Array;
  private readonly groupBits: Uint16Array;
  private readonly bits: BitReader;

  private constructor(readonly row: Row) {
    const groups = new DataView(row.buffer).getUint16(2, true);
    this.gapParameter = row[1];
    this.groupHashes = new Uint32Array(row.buffer, HEADER_BYTES, groups);
    this.groupBits = new Uint16Array(row.buffer, HEADER_BYTES + groups * 4, groups + 1);
    this.bits = new BitReader(new Uint32Array(row.buffer, tableEndOf(groups)));
  }

  /** Undefined if the row is damaged. */
  static of(row: Row): Page | undefined {
    return row[0] === PAGE_VERSION && isSound(row) ? new Page(row) : undefined;
  }

  /** Appends the positions of a hash. */
  find(hash: number, tapeStart: number, parameters: Uint8Array, found: Growing): void {
    // A piece of this hash may end the group before the first one that begins with it.
    const first = Math.max(0, lowerBound(this.groupHashes, hash) - 1);
    for (let group = first; group < this.groupHashes.length && this.groupHashes[group] <= hash; group++) {
      this.readGroup(group, hash, tapeStart, parameters, found);
    }
  }

  whole(tapeStart: number, parameters: Uint8Array): Run {
    const positions = new Growing();
    const hashes = new Growing();
    for (let group = 0; group < this.groupHashes.length; group++) {
      this.readGroup(group, Infinity, tapeStart, parameters, positions, hashes);
    }
    return { hashes: hashes.taken(), positions: positions.taken() };
  }

  /** Appends the positions of one hash or, if there is an array for the hashes too, of all up to it. */
  private readGroup(
    group: number,
    last: number,
    tapeStart: number,
    parameters: Uint8Array,
    positions: Growing,
    hashes?: Growing,
  ): void {
    const { bits } = this;
    const end = this.groupBits[group + 1];
    bits.position = this.groupBits[group];
    for (let hash = this.groupHashes[group]; hash <= last; hash += bits.rice(this.gapParameter)) {
      const count = bits.gamma();
      const isLong = count >= LONG_RUN;
      const parameter = isLong ? bits.bits(PARAMETER_BITS) : parameters[count];
      let position = tapeStart + bits.rice(isLong ? parameters[1] : parameter);
      if (hash === last || hashes) {
        positions.reserve(count);
        positions.values[positions.length++] = position;
        for (let i = 1; i < count; i++) {
          position += bits.rice(parameter);
          positions.values[positions.length++] = position;
        }
        if (hashes) for (let i = 0; i < count; i++) hashes.push(hash);
      } else {
        for (let i = 1; i < count; i++) bits.rice(parameter);
      }
      if (bits.position >= end) return;
    }
  }
}
