/**
 * Reads pages. A page holds just under 8 kB of a segment's postings, ordered by hash, in groups that can be decoded separately.
 * Gaps between hashes and between positions are Rice-coded. So the size of a posting depends on the density of landmarks, not on
 * the length of the tape: 2.7 bytes in a library of any size. `FORMAT.md` specifies every bit.
 *
 *     u8 version | u8 Rice parameter of hash gaps | u16 groups | u32 first hash of each group
 *     | u16 first bit of each group, u16 end | (to a multiple of 4) | the groups' bits | u32 checksum
 */
import { isIntact } from '../../shelf/checksum.ts';
import type { Row } from '../../shelf/shelf.ts';
import type { Run } from '../postings.ts';
import { lowerBound, U32List } from '../u32-list.ts';
import { BitReader, riceParameter } from './bits.ts';

export const PAGE_VERSION = 1;
export const PAGE_HEADER_BYTES = 4;
const CHECKSUM_BYTES = 4;
/** A posting list of at least this length stores its own Rice parameter; shorter ones use the expected one. */
export const LONG_LIST = 16;
export const PARAMETER_BITS = 5;

/** Expected Rice parameters for a part of the tape of this length, by the number of positions of a hash (0..15). */
export function gapParameters(frames: number): Uint8Array {
  return Uint8Array.from({ length: LONG_LIST }, (_, count) => riceParameter(frames / (count + 1)));
}

/** Size of the group table: first hashes, first bits and the end, padded to a multiple of 4. */
export const tableBytes = (groups: number) => groups * 4 + (groups + 1 + ((groups + 1) & 1)) * 2;

export class Page {
  /** Set when its bits turn out to make no sense although its checksum fits. */
  isBroken = false;
  private readonly gapParameter: number;
  private readonly groupHashes: Uint32Array;
  private readonly groupBits: Uint16Array;
  private readonly bits: BitReader;

  private constructor(readonly row: Row) {
    const groups = new DataView(row.buffer).getUint16(2, true);
    this.gapParameter = row[1];
    this.groupHashes = new Uint32Array(row.buffer, PAGE_HEADER_BYTES, groups);
    this.groupBits = new Uint16Array(row.buffer, PAGE_HEADER_BYTES + groups * 4, groups + 1);
    this.bits = new BitReader(new Uint32Array(row.buffer, PAGE_HEADER_BYTES + tableBytes(groups)));
  }

  /** Undefined if the row is damaged or of another version. */
  static of(row: Row): Page | undefined {
    return row[0] === PAGE_VERSION && isIntact(row) && hasTable(row) ? new Page(row) : undefined;
  }

  get firstHash(): number {
    return this.groupHashes[0];
  }

  /** Appends the positions of a hash to `found`. `tapeStart` and `parameters` are those of the page's segment. */
  find(hash: number, tapeStart: number, parameters: Uint8Array, found: U32List): void {
    // The group before the first one with this hash may end with positions of it.
    const first = Math.max(0, lowerBound(this.groupHashes, hash) - 1);
    for (let group = first; group < this.groupHashes.length && this.groupHashes[group] <= hash; group++) {
      this.readGroup(group, hash, tapeStart, parameters, found);
    }
  }

  /** All postings of the page. */
  run(tapeStart: number, parameters: Uint8Array): Run {
    const positions = new U32List();
    const hashes = new U32List();
    for (let group = 0; group < this.groupHashes.length; group++) {
      this.readGroup(group, Infinity, tapeStart, parameters, positions, hashes);
    }
    return { hashes: hashes.copy(), positions: positions.copy() };
  }

  /** Appends the positions of the hash `last`. If `hashes` is given: all postings up to that hash. */
  private readGroup(
    group: number,
    last: number,
    tapeStart: number,
    parameters: Uint8Array,
    positions: U32List,
    hashes?: U32List,
  ): void {
    const { bits } = this;
    const end = this.groupBits[group + 1];
    bits.position = this.groupBits[group];
    for (let hash = this.groupHashes[group]; hash <= last; hash += bits.rice(this.gapParameter)) {
      const count = bits.gamma();
      // Every position takes a bit at least.
      if (count > end - bits.position) {
        this.isBroken = true;
        return;
      }
      const isLong = count >= LONG_LIST;
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

/** Whether the table of groups fits into the page, and its groups follow one another within it. */
function hasTable(row: Row): boolean {
  if (row.length % 4 !== 0) return false;
  const groups = new DataView(row.buffer).getUint16(2, true);
  const bitsStart = PAGE_HEADER_BYTES + tableBytes(groups);
  const room = 8 * (row.length - CHECKSUM_BYTES - bitsStart);
  if (room < 0) return false;
  const bits = new Uint16Array(row.buffer, PAGE_HEADER_BYTES + groups * 4, groups + 1);
  return bits.every((bit, i) => bit <= room && (i === 0 || bit >= bits[i - 1]));
}
