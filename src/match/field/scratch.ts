/** Memory that is used again by the next field: a long recording has a field every few seconds. */
export class Scratch<T extends Float32Array | Uint8Array> {
  private kept: T | undefined;

  constructor(private readonly make: (length: number) => T) {}

  of(length: number): T {
    if (!this.kept || this.kept.length < length) this.kept = this.make(length);
    return this.kept.subarray(0, length) as T;
  }
}
