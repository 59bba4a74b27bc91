/** A list of unsigned 32-bit integers in a typed array that doubles when full. */
export class U32List {
  length = 0;
  /** Only the first `length` are used. Replaced by a larger array when the list grows. */
  values = new Uint32Array(4096);

  push(value: number): void {
    if (this.length === this.values.length) this.reserve(1);
    this.values[this.length++] = value;
  }

  append(values: Uint32Array): void {
    this.reserve(values.length);
    this.values.set(values, this.length);
    this.length += values.length;
  }

  /** Makes room for `more` integers, for callers that write to `values` directly. */
  reserve(more: number): void {
    if (this.length + more <= this.values.length) return;
    const wider = new Uint32Array(Math.max(this.values.length * 2, this.length + more));
    wider.set(this.values.subarray(0, this.length));
    this.values = wider;
  }

  copy(): Uint32Array {
    return this.values.slice(0, this.length);
  }

  /** The integers so far, as a view. It stays valid as long as integers are only appended. */
  view(): Uint32Array {
    return this.values.subarray(0, this.length);
  }
}

/** Index of the first element >= `value` in the ascending array `sorted`, searched within low..high. */
export function lowerBound(sorted: ArrayLike<number>, value: number, low = 0, high = sorted.length): number {
  let first = low;
  for (let last = high; first < last; ) {
    const middle = (first + last) >>> 1;
    if (sorted[middle] < value) first = middle + 1;
    else last = middle;
  }
  return first;
}
