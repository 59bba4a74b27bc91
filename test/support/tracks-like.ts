import { printLike } from '../../src/accuracy/made-up-tracks.ts';
import { packPrint } from '../../src/library/prints/pack-print.ts';
import type { Learnt, Print } from '../../src/types.ts';
import { random } from './random.ts';

/** A made-up track with tags. */
export function learntLike(real: readonly Print[], seed: number, seconds: number): Learnt {
  return {
    tags: { title: `Track ${seed}`, artist: `Artist ${seed % 800}`, album: `Album ${seed % 1100}` },
    contentId: seed.toString(16).padStart(32, '0'),
    fileName: `${seed}.mp3`,
    seconds,
    learntSeconds: seconds,
    print: packPrint(printLike(real, random(seed), seconds)),
  };
}
