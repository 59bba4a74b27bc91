import type { Pcm } from '../../src/types.ts';
import { music, noise } from './music.ts';

/** Sounds on which the kernel must agree with itself wherever it runs. */
export const kernelSounds: Record<string, Pcm> = {
  'music at 44.1 kHz': music(6, 44100),
  'music at 48 kHz': music(6, 48000, 2),
  'noise at 44,056 Hz': { samples: noise(44056 * 3), sampleRate: 44056 },
};

/** The samples' bits: sines differ between browsers, so none may compose for itself. */
export function base64Of({ samples }: Pcm): string {
  return Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength).toString('base64');
}
