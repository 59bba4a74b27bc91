/** A clip goes through the kernel: several times, each begun a little later within a hop, so that no peak falls between. */
import { BIN_COUNT, FIRST_BIN, FRAMES_PER_SECOND, HOP_SAMPLES, KernelStream } from '../kernel/kernel.ts';
import type { Analysis } from '../match/analysis.ts';
import type { Pcm } from '../types.ts';

/** Analyses of a clip, spread evenly over a hop. */
const SHIFTS = 4;
/** Peaks with fewer stronger neighbours than this are kept of a clip: three times as many as of a track. */
const QUERY_RANK = 60;

/** Streams for the same sound, each a little later within a hop; the first hands out the prominence map as well. */
export function openStreams(module: WebAssembly.Module, sampleRate: number): KernelStream[] {
  return Array.from(
    { length: SHIFTS },
    (_, shift) =>
      new KernelStream(module, {
        sampleRate,
        maxRank: QUERY_RANK,
        shiftSamples: (shift * HOP_SAMPLES) / SHIFTS,
        map: shift === 0,
      }),
  );
}

export function analyse(module: WebAssembly.Module, { samples, sampleRate }: Pcm): Analysis {
  const streams = openStreams(module, sampleRate);
  for (const stream of streams) {
    stream.push(samples);
    stream.finish();
  }
  const { rows } = streams[0].takeRows();
  return {
    frameRate: FRAMES_PER_SECOND,
    shifts: streams.map((stream) => stream.takePeaks()),
    map: { firstBin: FIRST_BIN, binCount: BIN_COUNT, frameCount: rows.length / BIN_COUNT, rows },
  };
}
