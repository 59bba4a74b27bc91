/**
 * Packs postings into pages. In: posting lists (the positions of one hash), by ascending hash. Out: a page whenever one is full. See
 * `page.ts` for the layout and `FORMAT.md` for every bit of it.
 */
import { writeChecksum } from '../../shelf/checksum.ts';
import type { Row } from '../../shelf/shelf.ts';
import { BitWriter, riceParameter } from './bits.ts';
import { gapParameters, LONG_LIST, PAGE_HEADER_BYTES, PAGE_VERSION, PARAMETER_BITS, tableBytes } from './page.ts';

/**
 * Maximum size of a page in bytes. Two overflow pages of LMDB hold 8,168 bytes; a page of PostgreSQL holds 8,120, including other
 * columns. Slightly larger rows would take half as much disk again. The index of any bit also fits into 16 bits.
 */
export const MOST_BYTES = 8096;
/** A group is closed at this many postings. Smaller groups make lookups faster, but the table larger. */
const GROUP_POSTINGS = 64;
/** Longer lists are split, so that each piece fits on a page. */
const PIECE_POSTINGS = 128;
const CHECKSUM_BYTES = 4;

/** What a segment's header stores about each page. */
export interface PackedPage {
  firstHash: number;
  postingCount: number;
  byteLength: number;
}

export class PageWriter {
  lastHash = 0;
  /** Expected Rice parameters of the gaps between positions, by number of positions. */
  private readonly parameters: Uint8Array;
  private readonly bits = new BitWriter(MOST_BYTES);
  private groupHashes: number[] = [];
  private groupBits: number[] = [];
  private groupPostings = 0;
  private postingCount = 0;
  private hashCount = 0;
  /** Rice parameter of the gaps between hashes: a guess for the first page, then estimated from the previous page. */
  private parameter = 4;

  constructor(
    private readonly tapeStart: number,
    tapeEnd: number,
    private readonly take: (row: Row, page: PackedPage) => void,
  ) {
    this.parameters = gapParameters(tapeEnd - tapeStart);
  }

  /** Adds the ascending positions of a hash, positions[from] to positions[to - 1]. */
  add(hash: number, positions: Uint32Array, from: number, to: number): void {
    for (let start = from; start < to; start += PIECE_POSTINGS) {
      this.addPiece(hash, positions, start, Math.min(to, start + PIECE_POSTINGS));
    }
  }

  /** Closes the current page if it is not empty. */
  finish(): void {
    if (this.postingCount === 0) return;
    const row = this.packed();
    this.take(row, {
      firstHash: this.groupHashes[0],
      postingCount: this.postingCount,
      byteLength: row.length,
    });

    // The hashes of the next page are probably as far apart as those of this one.
    this.parameter = riceParameter((this.lastHash - this.groupHashes[0]) / Math.max(1, this.hashCount));
    this.bits.clear();
    this.groupHashes = [];
    this.groupBits = [];
    this.groupPostings = 0;
    this.postingCount = 0;
    this.hashCount = 0;
  }

  private packed(): Row {
    const groups = this.groupHashes.length;
    const row = new Uint8Array(this.packedBytes);
    const view = new DataView(row.buffer);
    view.setUint8(0, PAGE_VERSION);
    view.setUint8(1, this.parameter);
    view.setUint16(2, groups, true);
    for (let i = 0; i < groups; i++) {
      view.setUint32(PAGE_HEADER_BYTES + i * 4, this.groupHashes[i], true);
      view.setUint16(PAGE_HEADER_BYTES + groups * 4 + i * 2, this.groupBits[i], true);
    }
    view.setUint16(PAGE_HEADER_BYTES + groups * 6, this.bits.length, true);
    this.bits.copyTo(row, PAGE_HEADER_BYTES + tableBytes(groups));
    return writeChecksum(row);
  }

  /** Size of the row that `packed` would return now. */
  private get packedBytes(): number {
    const dataBytes = (this.bits.byteLength + 3) & ~3;
    return PAGE_HEADER_BYTES + tableBytes(this.groupHashes.length) + dataBytes + CHECKSUM_BYTES;
  }

  /** Adds at most `PIECE_POSTINGS` positions of one hash to this page or, if they do not fit, to the next. */
  private addPiece(hash: number, positions: Uint32Array, from: number, to: number): void {
    const { lastHash, groupPostings, postingCount, hashCount } = this;
    const [bits, groups] = [this.bits.length, this.groupHashes.length];
    this.append(hash, positions, from, to);
    if (this.packedBytes <= MOST_BYTES) return;
    this.bits.cut(bits);
    this.groupHashes.length = this.groupBits.length = groups;
    Object.assign(this, { lastHash, groupPostings, postingCount, hashCount });
    this.finish();
    this.append(hash, positions, from, to);
  }

  /** Writes the gap from the previous hash, the number of positions, and the positions. */
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
    const isLong = count >= LONG_LIST;
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
