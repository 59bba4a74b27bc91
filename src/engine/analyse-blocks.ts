/**
 * Analyses the sound of a file or a stream to its end, for the page and the command line. If decoding fails in the middle, the recording
 * ends there, and what was found before is kept.
 */
import { faultOf } from '../errors.ts';
import type { Pcm } from '../types.ts';
import type { AnalyseOptions, AnalyseProgress, Analysing, Engine, Session } from './api.ts';

/** Amount of sound per call of the engine; decoders return only some hundredths of a second at once. */
const PART_SECONDS = 2;

interface BlockOptions extends AnalyseOptions {
  /** Analyse the first seconds only. */
  seconds?: number;
  /** Ends the recording early; what was found is kept. */
  signal?: AbortSignal;
  progress?(progress: AnalyseProgress): void;
  /** Called with the analysis when the sound begins. */
  started?(analysing: Analysing): void;
}

/** Throws an error of the sound only if nothing could be decoded. */
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

/** Joins the sound to larger parts. An error in the middle is thrown after all sound before it has been passed on. */
export async function* partsOf(blocks: AsyncIterable<Pcm>): AsyncGenerator<Pcm> {
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
