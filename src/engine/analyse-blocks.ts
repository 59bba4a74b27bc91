/**
 * Analyses the sound of a file or a stream to its end, for the page and the command line. If decoding fails in the middle, or the file
 * was cut, the recording ends there, and what was found before is kept.
 */
import { transfer } from 'comlink';
import { faultOf, UserError } from '../errors.ts';
import type { Pcm } from '../types.ts';
import type { AnalyseOptions, AnalyseProgress, Analysing, Engine, Session } from './api.ts';

/** Amount of sound per call of the engine; decoders return only some hundredths of a second at once. */
const PART_SECONDS = 2;

interface BlockOptions extends AnalyseOptions {
  /** Analyse the first seconds only. */
  seconds?: number;
  /** A file whose sound ends before this was cut, which the session says. */
  leastSeconds?: number;
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
  { seconds = Number.POSITIVE_INFINITY, leastSeconds = 0, signal, progress, started, ...options }: BlockOptions = {},
): Promise<Session | undefined> {
  let analysing: Analysing | undefined;
  let left = seconds;
  let heard = 0;
  try {
    for await (const { samples, sampleRate } of partsOf(blocks)) {
      if (!analysing) {
        analysing = await engine.analyse(sampleRate, options, progress);
        started?.(analysing);
      }
      const wanted = Math.round(left * sampleRate);
      const part = samples.length <= wanted ? samples : samples.slice(0, wanted);
      left -= part.length / sampleRate;
      heard += part.length / sampleRate;
      // An engine in a worker takes the samples over: copying them on the page takes a tenth of the time.
      await analysing.push(transfer(part, [part.buffer]));
      if (left <= 0 || signal?.aborted) break;
    }
  } catch (error) {
    if (!analysing) throw error;
    return analysing.finish(faultOf(error));
  }
  if (left <= 0 || signal?.aborted || heard >= leastSeconds) return analysing?.finish();
  // Most decoders end without a word where a file was cut.
  return analysing?.finish(
    faultOf(new UserError('FileDamaged', 'The file is shorter than it says. It may have been cut.')),
  );
}

/**
 * Joins the sound to larger parts, each with a buffer of its own. An error in the middle is thrown after all sound before it has been
 * passed on.
 */
export async function* partsOf(blocks: AsyncIterable<Pcm>): AsyncGenerator<Pcm> {
  let waiting: Float32Array[] = [];
  let length = 0;
  let sampleRate = 0;
  const whole = (): Pcm => {
    const [first] = waiting;
    if (waiting.length === 1 && first.byteLength === first.buffer.byteLength) {
      waiting = [];
      length = 0;
      return { samples: first, sampleRate };
    }
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
