/** MP4 files that are sold with a lock on them. */

import type { FileBytes } from '../file-bytes.ts';
import { nameAt, viewOf } from './chunks.ts';

/** Of its description, which stands at the beginning or at the end, the first so many bytes are looked through. */
const LOOKED_AT_BYTES = 2 ** 18;
const MAX_BOXES = 1_000;

/** The kind of locked sound, as `mp4a` is the kind of open sound. */
const LOCKED = /enca[\0]{6}|drms[\0]{6}/;

export async function isLocked(file: FileBytes): Promise<boolean> {
  let start = 0;
  for (let count = 0; count < MAX_BOXES && start + 16 <= file.size; count++) {
    const head = await viewOf(file, start, 16);
    const name = nameAt(head, 4);
    if (count === 0 && name !== 'ftyp') return false;
    if (name === 'moov') {
      const moov = await viewOf(file, start, LOOKED_AT_BYTES);
      return LOCKED.test(new TextDecoder('latin1').decode(moov));
    }
    const length = head.getUint32(0);
    // 1: too long for 32 bits, the length follows; 0: to the end of the file.
    const byteLength = length === 1 ? Number(head.getBigUint64(8)) : length;
    if (byteLength < 8) return false;
    start += byteLength;
  }
  return false;
}
