import type { Pcm } from '../../src/types.ts';
import { music, noise } from './music.ts';

/** Sounds for which the kernel must give the same result everywhere. */
export const kernelSounds: Record<string, Pcm> = {
  'music at 44.1 kHz': music(6, 44100),
  'music at 48 kHz': music(6, 48000, 2),
  'noise at 44,056 Hz': { samples: noise(44056 * 3), sampleRate: 44056 },
};

/** The samples as bits, because sines differ between browsers. */
export function base64Of({ samples }: Pcm): string {
  return Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength).toString('base64');
}
