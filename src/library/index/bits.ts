/**
 * Numbers of any width in a row of bits. Bit n of a row is bit n % 8 of byte n / 8, and a number's lowest bit comes
 * first. Rice codes suit gaps: a number n under parameter k is n >> k ones, a zero, then the k low bits of n; where
 * that would be `ESCAPE` ones or more, `ESCAPE` ones and n itself in 32 bits.
 */
export const ESCAPE = 24;

/** Parameter whose Rice codes are shortest for gaps of this mean. */
export function riceParameter(mean: number): number {
  return mean < 1.5 ? 0 : Math.min(30, Math.floor(Math.log2(mean * Math.LN2)));
}

const lowBits = (width: number) => (width === 32 ? 0xffffffff : (1 << width) - 1);

/** Appends to a row that grows as needed. */
export class BitWriter {
  /** Bits written. */
  length = 0;
  private words: Uint32Array<ArrayBuffer>;

  constructor(expectedBytes = 1024) {
    this.words = new Uint32Array((expectedBytes >>> 2) + 4);
  }

  /** The low `width` bits of a value, 0..32. */
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

  /** A number of 1 or more: as many zeros as it has bits after the first, a one, and those bits. */
  gamma(value: number): void {
    const width = 31 - Math.clz32(value);
    this.bits(1 << width, width + 1);
    this.bits(value, width);
  }

  /** Copies the row to `target`, which must have room for `byteLength`. */
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

/** Reads a row; past its end it reads zeros, and `position` shows that it went too far. */
export class BitReader {
  /** The next bit. */
  position = 0;
  private words: Uint32Array;

  /** A view of words, of which those past the row are zeros, or bytes, which are copied. */
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

  /** Fills both arrays with Rice codes and, after each, a number of `width` bits (16 at most). */
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
        // One look is enough for both, as it nearly always is.
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
    // Thirty-two zeros begin no number: what follows is past the end, or damaged.
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
