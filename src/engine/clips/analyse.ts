/** Analyses a clip with the kernel, at several shifts within a hop, so that no peak is lost between frames. */
import { BIN_COUNT, FIRST_BIN, FRAMES_PER_SECOND, HOP_SAMPLES } from '../../kernel/format.ts';
import { KernelStream } from '../../kernel/kernel.ts';
import type { Analysis } from '../../match/analysis.ts';
import type { Pcm, Peaks } from '../../types.ts';

/** Number of analyses of a clip, evenly spaced over a hop. */
export const ANALYSES = 4;
const shifts = Array.from({ length: ANALYSES }, (_, i) => (i * HOP_SAMPLES) / ANALYSES);
/** A clip keeps the peaks with a lower rank than this, which are more than those of a print (PRINT_RANK). */
export const QUERY_RANK = 60;

/** A stream for a query: several analyses, of which the first also makes the prominence map. */
export function openQueryStream(module: WebAssembly.Module, sampleRate: number): KernelStream {
  return new KernelStream(module, { sampleRate, maxRank: QUERY_RANK, shifts, map: true });
}

/** A stream for a long recording: one analysis, with the map. Some window of a song is clear enough without the others. */
export function openRecordingStream(module: WebAssembly.Module, sampleRate: number): KernelStream {
  return new KernelStream(module, { sampleRate, maxRank: QUERY_RANK, map: true });
}

/** The peaks of every analysis that have become final since the last call. */
export function takeShifts(stream: KernelStream): Peaks[] {
  return shifts.map((_, i) => stream.takePeaks(i));
}

export function analyse(module: WebAssembly.Module, { samples, sampleRate }: Pcm): Analysis {
  const stream = openQueryStream(module, sampleRate);
  stream.push(samples);
  stream.finish();
  const { rows } = stream.takeRows();
  return {
    frameRate: FRAMES_PER_SECOND,
    shifts: takeShifts(stream),
    map: { firstBin: FIRST_BIN, binCount: BIN_COUNT, frameCount: rows.length / BIN_COUNT, rows },
  };
}
