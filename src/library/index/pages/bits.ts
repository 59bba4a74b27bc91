/**
 * Writes and reads integers of any width as a sequence of bits. Bit n of the sequence is bit n % 8 of byte n / 8; the lowest bit of
 * an integer comes first. Rice codes are for gaps: the code of n with parameter k is n >> k ones, a zero, then the k low bits of n.
 * If that would take `ESCAPE` ones or more, it is `ESCAPE` ones, then n in 32 bits.
 */
const ESCAPE = 24;

/** The parameter that gives the shortest Rice codes for gaps with this mean. */
export function riceParameter(mean: number): number {
  return mean < 1.5 ? 0 : Math.min(30, Math.floor(Math.log2(mean * Math.LN2)));
}

const lowBits = (width: number) => (width === 32 ? 0xffffffff : (1 << width) - 1);

/** Appends to a buffer that grows as needed. */
export class BitWriter {
  /** Number of bits written. */
  length = 0;
  private words: Uint32Array<ArrayBuffer>;

  constructor(expectedBytes = 1024) {
    this.words = new Uint32Array((expectedBytes >>> 2) + 4);
  }

  /** Writes the low `width` bits (0..32) of a value. */
  bits(value: number, width: number): void {
    if (width === 0) return;
    const word = this.length >>> 5;
    const shift = this.length & 31;
    if (word + 2 > this.words.length) this.grow();
    const low = (value & lowBits(width)) >>> 0;
    this.words[word] |= low << shift;
    if (shift + width > 32) this.words[word + 1] |= low >>> (32 - shift);
    this.length += width;
  }

  rice(value: number, parameter: number): void {
    const ones = value >>> parameter;
    if (ones >= ESCAPE) {
      this.bits(0xffffff, ESCAPE);
      this.bits(value, 32);
    } else if (ones + 1 + parameter <= 32) {
      const low = value & ((1 << parameter) - 1);
      this.bits(((low << 1) << ones) | ((1 << ones) - 1), ones + 1 + parameter);
    } else {
      this.bits((1 << ones) - 1, ones + 1);
      this.bits(value, parameter);
    }
  }

  /** Writes an integer >= 1 as a gamma code: w zeros and a one, where w is the number of its bits after the first, then these bits. */
  gamma(value: number): void {
    const width = 31 - Math.clz32(value);
    this.bits(1 << width, width + 1);
    this.bits(value, width);
  }

  /** Copies the bits to `target`, which must have room for `byteLength` bytes. */
  copyTo(target: Uint8Array, offset: number): void {
    target.set(new Uint8Array(this.words.buffer, 0, this.byteLength), offset);
  }

  get byteLength(): number {
    return (this.length + 7) >>> 3;
  }

  clear(): void {
    this.cut(0);
  }

  /** Removes all bits from `length` on. */
  cut(length: number): void {
    const word = length >>> 5;
    this.words[word] &= lowBits(length & 31);
    this.words.fill(0, word + 1, (this.length >>> 5) + 1);
    this.length = length;
  }

  private grow(): void {
    const wider = new Uint32Array(this.words.length * 2);
    wider.set(this.words);
    this.words = wider;
  }
}

/** Reads bits. After the end it returns zeros; `position` then exceeds the length. */
export class BitReader {
  /** Index of the next bit. */
  position = 0;
  private words: Uint32Array;

  /** Words are used in place and must be followed by zeros; bytes are copied. */
  constructor(row: Uint8Array | Uint32Array) {
    if (row instanceof Uint32Array) {
      this.words = row;
    } else {
      this.words = new Uint32Array((row.length >>> 2) + 3);
      new Uint8Array(this.words.buffer).set(row);
    }
  }

  bits(width: number): number {
    if (width === 0) return 0;
    const value = this.peek();
    this.position += width;
    return (value & lowBits(width)) >>> 0;
  }

  rice(parameter: number): number {
    const rest = ~this.peek();
    const ones = 31 - Math.clz32(rest & -rest);
    if (rest === 0 || ones >= ESCAPE) {
      this.position += ESCAPE;
      return this.bits(32);
    }
    this.position += ones + 1;
    return ((ones << parameter) | this.bits(parameter)) >>> 0;
  }

  /** Reads pairs of a Rice code and an integer of `width` bits (16 at most) until both arrays are full. */
  ricesAndBits(parameter: number, width: number, rices: Uint32Array, numbers: Uint16Array): void {
    const riceMask = lowBits(parameter);
    const mask = lowBits(width);
    const count = rices.length;
    for (let i = 0; i < count; i++) {
      const ahead = this.peek() | 0;
      const rest = ~ahead;
      const ones = 31 - Math.clz32(rest & -rest);
      const tail = ahead >>> (ones + 1);
      if (ones >= 0 && ones < ESCAPE && ones + 1 + parameter + width <= 32) {
        // Both fit into the next 32 bits, as they nearly always do.
        rices[i] = (ones << parameter) | (tail & riceMask);
        numbers[i] = (tail >>> parameter) & mask;
        this.position += ones + 1 + parameter + width;
      } else {
        rices[i] = this.rice(parameter);
        numbers[i] = this.bits(width);
      }
    }
  }

  gamma(): number {
    const ahead = this.peek();
    // No valid code begins with 32 zeros, so the reader is past the end, or the data is damaged.
    const width = ahead === 0 ? 31 : 31 - Math.clz32(ahead & -ahead);
    this.position += width + 1;
    return ((1 << width) | this.bits(width)) >>> 0;
  }

  /** The next 32 bits. */
  private peek(): number {
    const word = this.position >>> 5;
    const shift = this.position & 31;
    return (this.words[word] >>> shift) | ((this.words[word + 1] << 1) << (31 - shift));
  }
}
