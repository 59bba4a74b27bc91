import type { Engine } from '../../src/engine/api.ts';
import { openEngine } from '../../src/engine/engine.ts';
import { FRAMES_PER_SECOND, KERNEL_FORMAT, PRINT_RANK } from '../../src/kernel/format.ts';
import { peaksOf } from '../../src/kernel/kernel.ts';
import { packPrint, printOf } from '../../src/library/prints/pack-print.ts';
import { openMemory } from '../../src/library/shelf/memory.ts';
import type { Shelf } from '../../src/library/shelf/shelf.ts';
import type { Learnt, Pcm } from '../../src/types.ts';
import { kernelModule } from './kernel.ts';

/** A sound as if it came from a file with this name. */
export function learnt(sound: Pcm, title: string): Learnt {
  const seconds = sound.samples.length / sound.sampleRate;
  const peaks = peaksOf(kernelModule, sound, { maxRank: PRINT_RANK });
  const print = packPrint(printOf(peaks, Math.ceil(seconds * FRAMES_PER_SECOND), KERNEL_FORMAT));
  const tags = { title };
  return { tags, contentId: `id of ${title}`, fileName: `${title}.wav`, seconds, learntSeconds: seconds, print };
}

const learntBefore = new WeakMap<Pcm, Learnt>();

/** An engine with these songs in a library in memory. Each song is learnt once. */
export async function engineWith(songs: Map<string, Pcm>, shelf: Shelf = openMemory()): Promise<Engine> {
  const engine = await openEngine({ shelf, kernel: kernelModule });
  for (const [title, sound] of songs) {
    const known = learntBefore.get(sound) ?? learnt(sound, title);
    learntBefore.set(sound, known);
    await engine.add(known);
  }
  return engine;
}
