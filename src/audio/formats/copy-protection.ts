/** Recognises MP4 files with copy protection. */

import type { FileBytes } from '../file-bytes.ts';
import { nameAt, viewOf } from './chunks.ts';

/** Bytes searched at the start of the file's description, which lies at its beginning or end. */
const LOOKED_AT_BYTES = 2 ** 18;
const MAX_BOXES = 1_000;

/** Sample formats of protected sound; that of open sound is `mp4a`. */
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
    // 1: the length follows in 64 bits. 0: the box goes on to the end of the file.
    const byteLength = length === 1 ? Number(head.getBigUint64(8)) : length;
    if (byteLength < 8) return false;
    start += byteLength;
  }
  return false;
}
