/** Decodes a file for the lab: mono, at its own rate, 16 bits, at most LONGEST_SECONDS. */
import { asInteger } from '../accuracy/clips.ts';
import { openSound } from '../audio/decode.ts';
import { type Channels, lastResortOnPage } from '../audio/decode-on-page.ts';
import { hearable } from '../audio/rates.ts';
import { LONGEST_SECONDS } from './lab-api.ts';

export type DecodeOnPage = ((file: Blob) => Promise<Channels>) | undefined;

export interface HeldSound {
  samples: Int16Array;
  sampleRate: number;
}

export async function decodeSong(
  file: Blob,
  decodeOnPage: DecodeOnPage,
  tell: (share: number) => void = () => {},
): Promise<HeldSound> {
  const lastResort = decodeOnPage && lastResortOnPage(file, decodeOnPage);
  const sound = await openSound(file, { lastResort, patience: {} });
  const parts: Int16Array[] = [];
  let sampleRate = 0;
  let length = 0;
  try {
    for await (const block of hearable(sound.blocks())) {
      ({ sampleRate } = block);
      parts.push(Int16Array.from(block.samples, asInteger));
      length += block.samples.length;
      const seconds = length / sampleRate;
      if (sound.seconds) tell(Math.min(1, seconds / Math.min(LONGEST_SECONDS, sound.seconds)));
      if (seconds >= LONGEST_SECONDS) break;
    }
  } finally {
    sound.close();
  }
  return { samples: joined(parts, length), sampleRate };
}

function joined(parts: Int16Array[], length: number): Int16Array {
  const samples = new Int16Array(length);
  let filled = 0;
  for (const part of parts) {
    samples.set(part, filled);
    filled += part.length;
  }
  return samples;
}
