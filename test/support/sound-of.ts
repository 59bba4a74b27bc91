import type { SoundFile } from '../../src/audio/sound-file.ts';
import type { Pcm } from '../../src/types.ts';

/** The whole sound of a file. */
export async function soundOf(file: SoundFile): Promise<Pcm> {
  const samples: number[] = [];
  let sampleRate = 0;
  for await (const block of file.blocks()) {
    for (const sample of block.samples) samples.push(sample);
    sampleRate = block.sampleRate;
  }
  return { samples: Float32Array.from(samples), sampleRate };
}
