/**
 * The sound of a file or a stream, analysed to its end: what the page and the command line share. What cannot be decoded in
 * the middle ends the recording there, and what was found up to there is kept.
 */
import { faultOf } from '../errors.ts';
import type { Pcm } from '../types.ts';
import type { AnalyseOptions, AnalyseProgress, Analysing, Engine, Session } from './api.ts';

/** Decoders hand out some hundredths of a second; so much goes to the engine at once. */
const PART_SECONDS = 2;

interface BlockOptions extends AnalyseOptions {
  /** No more than the first so many seconds. */
  seconds?: number;
  /** Ends the recording; what was found is kept. */
  signal?: AbortSignal;
  progress?(progress: AnalyseProgress): void;
  /** Told when the sound begins, for whoever wants to see more of it than its progress. */
  started?(analysing: Analysing): void;
}

/** Throws what is wrong with the sound only if nothing of it could be heard. */
export async function analyseBlocks(
  engine: Pick<Engine, 'analyse'>,
  blocks: AsyncIterable<Pcm>,
  { seconds = Number.POSITIVE_INFINITY, signal, progress, started, ...options }: BlockOptions = {},
): Promise<Session | undefined> {
  let analysing: Analysing | undefined;
  let left = seconds;
  try {
    for await (const { samples, sampleRate } of partsOf(blocks)) {
      if (!analysing) {
        analysing = await engine.analyse(sampleRate, options, progress);
        started?.(analysing);
      }
      await analysing.push(samples.subarray(0, Math.round(Math.min(samples.length, left * sampleRate))));
      left -= samples.length / sampleRate;
      if (left <= 0 || signal?.aborted) break;
    }
  } catch (error) {
    if (!analysing) throw error;
    return analysing.finish(faultOf(error));
  }
  return analysing?.finish();
}

/** The same sound in larger parts. A fault in the middle comes after all that was heard before it. */
async function* partsOf(blocks: AsyncIterable<Pcm>): AsyncGenerator<Pcm> {
  let waiting: Float32Array[] = [];
  let length = 0;
  let sampleRate = 0;
  const whole = (): Pcm => {
    const samples = new Float32Array(length);
    let filled = 0;
    for (const block of waiting) {
      samples.set(block, filled);
      filled += block.length;
    }
    waiting = [];
    length = 0;
    return { samples, sampleRate };
  };
  let fault: { error: unknown } | undefined;
  try {
    for await (const block of blocks) {
      ({ sampleRate } = block);
      waiting.push(block.samples);
      length += block.samples.length;
      if (length >= PART_SECONDS * sampleRate) yield whole();
    }
  } catch (error) {
    fault = { error };
  }
  if (length > 0) yield whole();
  if (fault) throw fault.error;
}
