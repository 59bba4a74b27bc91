/** What disks and people do to the files of a library: the same for any kind of files. */
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Input } from './attack.ts';

const BLOCK = 4096;

/** Gives whether no file is there any more: then nothing can be opened, nor known to have been there. */
export function damageFolder(input: Input, folder: string, earlier: string): boolean {
  const files = readdirSync(folder).sort();
  // The largest is where the songs are.
  const largest = files.reduce((most, name) => (sizeOf(folder, name) > sizeOf(folder, most) ? name : most));
  const name = input.once(8) ? input.pick(files) : largest;
  const kind = input.once(6) ? input.pick(Object.keys(losses)) : input.pick(Object.keys(damages));
  input.note(`${name}: ${kind}`);
  const path = join(folder, name);
  if (kind in losses) {
    losses[kind](input, path);
    return !lstatSync(path, { throwIfNoEntry: false })?.isFile();
  }
  const bytes = readFileSync(path);
  writeFileSync(path, damages[kind](input, bytes, readEarlier(join(earlier, name))));
  return false;
}

const sizeOf = (folder: string, name: string) => statSync(join(folder, name)).size;

function readEarlier(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0);
  }
}

const aBlock = (input: Input, bytes: Buffer) => BLOCK * input.below(Math.max(1, Math.floor(bytes.length / BLOCK)));
const noise = (input: Input, length: number) => Buffer.from(Array.from({ length }, () => 256 * input.draw()));

const damages: Record<string, (input: Input, bytes: Buffer, earlier: Buffer) => Buffer> = {
  'bits are flipped'(input, bytes) {
    for (let count = 1 + input.below(8); count > 0; count--) bytes[input.below(bytes.length)] ^= 1 << input.below(8);
    return bytes;
  },
  'bits are flipped at the beginning of blocks'(input, bytes) {
    for (let count = 1 + input.below(4); count > 0; count--) {
      const at = aBlock(input, bytes) + input.below(input.pick([24, 120]));
      if (at < bytes.length) bytes[at] ^= 1 << input.below(8);
    }
    return bytes;
  },
  'bits are flipped in the first two blocks'(input, bytes) {
    for (let count = 1 + input.below(3); count > 0; count--) {
      const at = BLOCK * input.below(2) + input.below(168);
      if (at < bytes.length) bytes[at] ^= 1 << input.below(8);
    }
    return bytes;
  },
  'a number is absurd'(input, bytes) {
    const at = input.once(2) ? aBlock(input, bytes) + 8 * input.below(21) : 4 * input.below(bytes.length / 4);
    if (at + 8 <= bytes.length)
      bytes.writeBigUInt64LE(input.pick([0n, 1n, 2n ** 31n, 2n ** 32n - 1n, 2n ** 64n - 1n]), at);
    return bytes;
  },
  'a block is empty'(input, bytes) {
    const at = aBlock(input, bytes);
    return bytes.fill(0, at, at + BLOCK);
  },
  'a block is noise'(input, bytes) {
    noise(input, BLOCK).copy(bytes, aBlock(input, bytes));
    return bytes;
  },
  'a block is another'(input, bytes) {
    bytes.copy(bytes, aBlock(input, bytes), aBlock(input, bytes), bytes.length);
    return bytes;
  },
  'a block is of yesterday'(input, bytes, earlier) {
    for (let count = 1 + input.below(3); count > 0; count--) {
      const at = aBlock(input, bytes);
      earlier.subarray(at, at + BLOCK).copy(bytes, at); // the file may have been shorter
    }
    return bytes;
  },
  'it is cut': (input, bytes) => bytes.subarray(0, input.below(bytes.length + 1)),
  'its last blocks are gone': (input, bytes) =>
    bytes.subarray(0, BLOCK * Math.max(0, Math.floor(bytes.length / BLOCK) - 1 - input.below(4))),
  'it goes on': (input, bytes) =>
    Buffer.concat([bytes, input.once(2) ? Buffer.alloc(input.below(20_000)) : noise(input, input.below(20_000))]),
};

const losses: Record<string, (input: Input, path: string) => void> = {
  'it is gone': (_input, path) => rmSync(path),
  'it is empty': (_input, path) => truncateSync(path, 0),
  'it is something else': (input, path) => writeFileSync(path, input.pick(['hello\n', noise(input, 10_000)])),
  'it is a folder'(_input, path) {
    rmSync(path);
    mkdirSync(path);
  },
  'it is a link to itself'(_input, path) {
    rmSync(path);
    symlinkSync(path, path);
  },
};
