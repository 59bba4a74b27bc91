/** Makes a packed print of sound. */
import { hearable } from '../audio/rates.ts';
import { UserError } from '../errors.ts';
import { FRAMES_PER_SECOND, KERNEL_FORMAT, PRINT_RANK } from '../kernel/format.ts';
import { KernelStream } from '../kernel/kernel.ts';
import { packPrint, printOf } from '../library/prints/pack-print.ts';
import type { Pcm } from '../types.ts';

interface PrintedSound {
  print: Uint8Array<ArrayBuffer>;
  peakCount: number;
  /** Decoded, from the start of the sound. */
  seconds: number;
  /** Decoding failed midway. */
  isBroken: boolean;
}

/** Shorter sounds are not learnt. */
const LEAST_SECONDS = 1;

/**
 * Takes all blocks, or the first `limitSeconds`. `heard` gets the seconds so far; a promise that it returns is awaited. Sound
 * that breaks off is learnt up to there.
 */
export async function learnSound(
  kernel: WebAssembly.Module,
  blocks: AsyncIterable<Pcm>,
  limitSeconds = Number.POSITIVE_INFINITY,
  heard: (seconds: number) => unknown = () => {},
): Promise<PrintedSound> {
  let stream: KernelStream | undefined;
  let seconds = 0;
  let isBroken = false;
  try {
    for await (const { samples, sampleRate } of hearable(blocks)) {
      stream ??= new KernelStream(kernel, { sampleRate, maxRank: PRINT_RANK });
      const wanted = Math.round((limitSeconds - seconds) * sampleRate);
      stream.push(samples.subarray(0, Math.min(samples.length, wanted)));
      seconds += Math.min(samples.length, wanted) / sampleRate;
      if (wanted <= samples.length) break;
      await heard(seconds);
    }
  } catch (error) {
    // A file damaged midway is good up to there. Other faults, such as a file that is gone, are passed on.
    if ((error as Error).name !== 'FileDamaged' || seconds < LEAST_SECONDS) throw error;
    isBroken = true;
  }
  if (!stream || seconds < LEAST_SECONDS)
    throw new UserError('TooShort', 'There is less than a second of sound in it.');
  stream.finish();
  const peaks = stream.takePeaks();
  const frameCount = Math.max(Math.ceil(seconds * FRAMES_PER_SECOND), (peaks.frames.at(-1) ?? 0) + 1);
  const print = printOf(peaks, frameCount, KERNEL_FORMAT);
  if (print.count === 0) throw new UserError('TooShort', 'There is nothing but silence in it.');
  return { print: packPrint(print), peakCount: print.count, seconds, isBroken };
}
