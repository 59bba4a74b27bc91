/** Checks what a file claims about its sound, and brings it to a sample rate that the kernel takes. */
import { UserError } from '../errors.ts';
import { FASTEST_RATE, SLOWEST_RATE } from '../kernel/format.ts';
import type { Pcm } from '../types.ts';

/** A file that claims more is damaged, or not meant to be listened to. */
const MAX_CHANNELS = 64;
/** Hertz, above what the fastest recorders write. */
const MOST_RATE = 2 ** 24;

/** Refuses values that would require absurd amounts of memory, or none. */
export function checkShape({ sampleRate, channelCount }: { sampleRate: number; channelCount: number }): void {
  if (!(channelCount >= 1)) throw new UserError('FileDamaged', 'The file is damaged: it claims to have no channels.');
  if (channelCount > MAX_CHANNELS)
    throw new UserError('FileDamaged', `It has ${channelCount} channels; no more than ${MAX_CHANNELS} are read.`);
  checkRate(sampleRate);
}

function checkRate(sampleRate: number): void {
  if (!Number.isFinite(sampleRate))
    throw new UserError('FileDamaged', 'The file is damaged: its sample rate is no number.');
  if (!(sampleRate > 0 && sampleRate <= MOST_RATE))
    throw new UserError('FileDamaged', `The file is damaged: it claims a sample rate of ${sampleRate} Hz.`);
}

/**
 * Rates above the kernel's limit are halved by averaging pairs: what is lost lies far above the frequencies that it uses.
 * Rates below its limit are refused.
 */
export async function* hearable(blocks: AsyncIterable<Pcm>): AsyncGenerator<Pcm, void> {
  for await (const block of blocks) yield hearableBlock(block);
}

export function hearableBlock({ samples, sampleRate }: Pcm): Pcm {
  checkRate(sampleRate);
  if (sampleRate < SLOWEST_RATE)
    throw new UserError('NotAudio', `Its ${sampleRate} samples a second are too few to know music by.`);
  if (sampleRate <= FASTEST_RATE) return { samples, sampleRate };
  const half = Float32Array.from({ length: samples.length >> 1 }, (_, i) => (samples[2 * i] + samples[2 * i + 1]) / 2);
  return hearableBlock({ samples: half, sampleRate: sampleRate / 2 });
}
