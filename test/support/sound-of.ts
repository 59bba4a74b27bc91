import type { SoundFile } from '../../src/audio/sound-file.ts';
import type { Pcm } from '../../src/types.ts';

/** All of a file's sound in one piece. */
export async function soundOf(file: SoundFile): Promise<Pcm> {
  const samples: number[] = [];
  let sampleRate = 0;
  for await (const block of file.blocks()) {
    for (const sample of block.samples) samples.push(sample);
    sampleRate = block.sampleRate;
  }
  return { samples: Float32Array.from(samples), sampleRate };
}
