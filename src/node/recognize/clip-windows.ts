/** Cuts a file into clips: one if it is short, otherwise consecutive windows, made as they are needed. */
import { UserError } from '../../errors.ts';
import type { Pcm } from '../../types.ts';
import type { SoundStream } from '../decode/raw-sound.ts';

/** Length of a window. */
const WINDOW_SECONDS = 20;
/** A shorter rest is added to the window before it. */
const REST_SECONDS = 10;

interface ClipWindow {
  /** Where it begins in the file. */
  fromSeconds: number;
  pcm: Pcm;
}

/** The whole sound, or its first `seconds`. */
export async function* clipsOf(
  { sampleRate, blocks }: SoundStream,
  seconds = Infinity,
): AsyncGenerator<ClipWindow, void> {
  const window = Math.round(WINDOW_SECONDS * sampleRate);
  const rest = Math.round(REST_SECONDS * sampleRate);
  let left = Math.round(seconds * sampleRate);
  let held = new Float32Array(window + rest);
  let filled = 0;
  let from = 0;
  const clip = (length: number): ClipWindow => ({
    fromSeconds: from / sampleRate,
    pcm: { samples: held.slice(0, length), sampleRate },
  });
  for await (const block of blocks) {
    const wanted = block.subarray(0, Math.min(block.length, left));
    left -= wanted.length;
    if (filled + wanted.length > held.length) {
      const longer = new Float32Array(filled + wanted.length + window);
      longer.set(held.subarray(0, filled));
      held = longer;
    }
    held.set(wanted, filled);
    filled += wanted.length;
    while (filled >= window + rest) {
      yield clip(window);
      held.copyWithin(0, window, filled);
      filled -= window;
      from += window;
    }
    if (left <= 0) break;
  }
  if (from + filled === 0) throw new UserError('TooShort', 'There is no sound in it.');
  yield clip(filled);
}
