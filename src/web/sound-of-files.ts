/** Decodes what a page hands over: files, and sound that it has decoded itself. */

import { believed, leastOf } from '../audio/claimed-length.ts';
import { openSound } from '../audio/decode.ts';
import { lastResortOnPage } from '../audio/decode-on-page.ts';
import { Downmix } from '../audio/downmix.ts';
import { hearable } from '../audio/rates.ts';
import { analyseBlocks } from '../engine/analyse-blocks.ts';
import type { AnalyseProgress, Engine, Session } from '../engine/api.ts';
import type { Pcm } from '../types.ts';

/** A longer clip makes an answer no surer, only later. */
const CLIP_SECONDS = 15;

export async function clipOf(sound: Blob | AudioBuffer): Promise<Pcm> {
  return sound instanceof Blob ? decoded(sound) : mixed(sound);
}

export async function analyseFile(
  engine: Engine,
  file: Blob,
  options: { signal?: AbortSignal; progress?(progress: AnalyseProgress): void } = {},
): Promise<Session | undefined> {
  const sound = await openSound(file, { lastResort: lastResortOnPage(file) });
  try {
    const lengths = { expectedSeconds: sound.seconds, leastSeconds: leastOf(believed(sound.seconds, file.size)) };
    return await analyseBlocks(engine, hearable(sound.blocks()), { ...options, ...lengths });
  } finally {
    sound.close();
  }
}

/** The first `CLIP_SECONDS` of a file. */
async function decoded(file: Blob): Promise<Pcm> {
  const sound = await openSound(file, { lastResort: lastResortOnPage(file) });
  const parts: Float32Array[] = [];
  let [length, sampleRate] = [0, 0];
  try {
    for await (const block of hearable(sound.blocks())) {
      ({ sampleRate } = block);
      parts.push(block.samples);
      length += block.samples.length;
      if (length >= CLIP_SECONDS * sampleRate) break;
    }
  } finally {
    sound.close();
  }
  return { samples: joined(parts, length), sampleRate };
}

function mixed(buffer: AudioBuffer): Pcm {
  const channels = Array.from({ length: buffer.numberOfChannels }, (_, c) => buffer.getChannelData(c));
  const downmix = new Downmix(channels.length);
  const parts = [...downmix.push(channels, buffer.length), ...downmix.finish()];
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return { samples: joined(parts, length), sampleRate: buffer.sampleRate };
}

function joined(parts: readonly Float32Array[], length: number): Float32Array {
  const samples = new Float32Array(length);
  let filled = 0;
  for (const part of parts) {
    samples.set(part, filled);
    filled += part.length;
  }
  return samples;
}
