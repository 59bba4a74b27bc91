/** Makes clips of a print without any sound: a noisy prominence map with high values where the print has peaks. */
import { BIN_COUNT, FIRST_BIN } from '../../src/kernel/format.ts';
import { type Field, fieldOf } from '../../src/match/field/field.ts';
import { AS_LEARNT, type Warp } from '../../src/match/judge/align.ts';
import type { Peaks, Print } from '../../src/types.ts';
import { random } from './random.ts';

export interface Playing {
  /** Frame of the track at the first frame of the clip. */
  start: number;
  warp?: Warp;
  /** Frames of the clip. */
  frameCount: number;
  /** First frame of the clip in which the track is heard, and the one after the last. Default: all of it. */
  from?: number;
  to?: number;
  /** Bins of the clip's map. Default: all that the kernel has. */
  binCount?: number;
  seed?: number;
}

/** How far the middle of a peak and the places beside it stand out, in units of the map; its noise spans 38 to 57. */
const PEAK = 140;
const BESIDE = 90;

/** The field of a clip that plays `print` with a warp. */
export function fieldPlaying(print: Print, playing: Playing): Field {
  const { start, warp = AS_LEARNT, frameCount, from = 0, to = frameCount, binCount = BIN_COUNT, seed = 1 } = playing;
  const next = random(seed);
  const rows = Uint8Array.from({ length: frameCount * binCount }, () => 38 + Math.floor(20 * next()));
  const raise = (frame: number, bin: number, value: number) => {
    if (frame < 0 || frame >= frameCount || bin < 0 || bin >= binCount) return;
    rows[frame * binCount + bin] = Math.max(rows[frame * binCount + bin], value);
  };
  const heard: { frame: number; bin: number }[] = [];
  for (let i = 0; i < print.count; i++) {
    const frame = Math.round((print.frames[i] - start) / warp.tempo);
    const bin = Math.round(print.bins[i] * warp.pitch);
    if (frame < from || frame >= to || bin < FIRST_BIN || bin >= FIRST_BIN + binCount) continue;
    heard.push({ frame, bin });
    raise(frame, bin - FIRST_BIN, PEAK);
    for (const side of [-1, 1]) {
      raise(frame + side, bin - FIRST_BIN, BESIDE);
      raise(frame, bin - FIRST_BIN + side, BESIDE);
    }
  }
  return fieldOf({ firstBin: FIRST_BIN, binCount, frameCount, rows }, peaksAt(heard));
}

/** Peaks of a clip, all equally loud and of the best rank, in the kernel's order. */
export function peaksAt(places: { frame: number; bin: number }[]): Peaks {
  const wholes = places
    .map(({ frame, bin }) => {
      const [wholeFrame, wholeBin] = [Math.round(frame), Math.round(bin)];
      return { wholeFrame, wholeBin, frameFraction: frame - wholeFrame, binFraction: bin - wholeBin };
    })
    .sort((a, b) => a.wholeFrame - b.wholeFrame || a.wholeBin - b.wholeBin);
  return {
    count: wholes.length,
    frames: Uint32Array.from(wholes, ({ wholeFrame }) => wholeFrame),
    bins: Uint16Array.from(wholes, ({ wholeBin }) => wholeBin),
    levels: Uint16Array.from(wholes, () => 8000),
    ranks: new Uint8Array(wholes.length),
    frameFractions: Int8Array.from(wholes, ({ frameFraction }) => Math.round(64 * frameFraction)),
    binFractions: Int8Array.from(wholes, ({ binFraction }) => Math.round(64 * binFraction)),
  };
}
