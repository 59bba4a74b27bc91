/** Recognises clips: sound, peaks, or what was analysed while listening. The search is loaded with the first clip. */
import type { Library } from '../../library/library.ts';
import type { Index } from '../../match/index-view.ts';
import type { Pcm, Recognition } from '../../types.ts';
import type { LazyRefusals } from '../lazy-refusals.ts';
import { analyse } from './analyse.ts';
import type { AnalysedClip } from './answer-clip.ts';
import type { RecognizeOptions } from './recognize-options.ts';

export class ClipRecognizer {
  constructor(
    private readonly kernel: WebAssembly.Module,
    private readonly library: Library,
    private readonly index: Index,
    private readonly refusals: LazyRefusals,
  ) {}

  async recognize(sound: Pcm, options: RecognizeOptions, signal?: AbortSignal): Promise<Recognition> {
    const begun = performance.now();
    const analysis = analyse(this.kernel, sound);
    const kernelMs = performance.now() - begun;
    return this.judge({ analysis, heardSeconds: sound.samples.length / sound.sampleRate, kernelMs }, options, signal);
  }

  async recognizePeaks(clip: Uint8Array, options: RecognizeOptions, signal?: AbortSignal): Promise<Recognition> {
    const { clipOfPeaks } = await import('./clip-bytes.ts');
    return this.judge(await clipOfPeaks(clip), options, signal);
  }

  async judge(clip: AnalysedClip, options: RecognizeOptions, signal?: AbortSignal): Promise<Recognition> {
    await this.refusals.ready;
    const { recognizeClip } = await import('./answer-clip.ts');
    return recognizeClip(this.library, this.index, clip, { ...options, signal });
  }
}
