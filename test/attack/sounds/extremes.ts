/** A file whose numbers say what no file should: one to three of them. */
import type { Input } from '../attack.ts';
import { type Field, fieldsOf } from './fields.ts';
import { signPages } from './ogg.ts';

/** Undefined for a kind of file whose numbers are not known. */
export function extreme(input: Input, name: string, whole: Uint8Array): Uint8Array | undefined {
  const fields = fieldsOf(name, whole);
  if (fields.length === 0) return undefined;
  const bytes = whole.slice();
  const view = new DataView(bytes.buffer);
  for (let count = 1 + input.below(3); count > 0; count--) {
    // The first ones matter most.
    const field = fields[Math.floor(input.draw() ** 2 * fields.length)];
    const value = extremeOf(input, field, read(view, field));
    input.note(`${8 * field.size} bits at ${field.at}: ${read(view, field)} becomes ${value}`);
    write(view, field, value);
  }
  // Without its checksum, a page of Ogg would only be passed over.
  return /\.(ogg|opus)$/.test(name) && !input.once(4) ? signPages(bytes) : bytes;
}

function extremeOf(input: Input, { size }: Field, now: bigint): bigint {
  const end = 1n << BigInt(8 * size);
  const half = end / 2n;
  const near = [now + 1n, now - 1n, now * 2n, now / 2n, now ^ (1n << BigInt(input.below(8 * size)))];
  const far = [0n, 1n, 2n, 7n, 255n, end - 1n, end - 2n, half, half - 1n, half + 1n, BigInt(input.below(2 ** 32))];
  const value = input.pick([...near, ...far]) % end;
  return value < 0n ? value + end : value;
}

function read(view: DataView, { at, size, little }: Field): bigint {
  if (size === 8) return view.getBigUint64(at, little);
  return BigInt(size === 4 ? view.getUint32(at, little) : size === 2 ? view.getUint16(at, little) : view.getUint8(at));
}

function write(view: DataView, { at, size, little }: Field, value: bigint): void {
  if (size === 8) view.setBigUint64(at, value, little);
  else if (size === 4) view.setUint32(at, Number(value), little);
  else if (size === 2) view.setUint16(at, Number(value), little);
  else view.setUint8(at, Number(value));
}
