import type { Library } from '../../library/library.ts';
import type { Index } from '../../match/index-view.ts';
import type { Pcm } from '../../types.ts';
import { analyse } from '../clips/analyse.ts';
import { matchesOf } from '../clips/matches.ts';
import { turns } from '../turns.ts';
import type { Examination } from './examination.ts';
import { examineClip } from './examine-clip.ts';

export async function examineSound(
  library: Pick<Library, 'track'>,
  index: Index,
  kernel: WebAssembly.Module,
  sound: Pcm,
  options: { threshold?: number } = {},
  signal?: AbortSignal,
): Promise<Examination> {
  const begun = performance.now();
  const analysis = analyse(kernel, sound);
  const examined = await examineClip({
    analysis,
    index,
    matchesOf: (candidates) => matchesOf(candidates, (id) => library.track(id), analysis.frameRate),
    options: { ...options, signal, pause: turns() },
  });
  return {
    ...examined,
    heardSeconds: sound.samples.length / sound.sampleRate,
    totalMs: performance.now() - begun,
  };
}
