/**
 * For clips that play a track faster or higher than its print. Instead of resampling the sound, the peaks are moved back: a peak at
 * frequency f * pitch and time t / tempo returns to f and t. Landmarks are then made of the moved peaks.
 */
import type { Peaks } from '../../types.ts';
import type { Warp } from '../judge/align.ts';
import { type Constellation, type Landmarks, landmarksOf } from '../landmarks.ts';

/** Fractions of frames and bins are in steps of 1/64. */
const FRACTION = 1 / 64;
/** Bins have ten bits. */
const MOST_BINS = 1024;

/** The landmarks that each analysis of a clip would have at the print's speed and pitch; from peaks with a rank below `ranks`. */
export function queryLandmarks(shifts: Peaks[], ranks: number, fan: number, warp: Warp): Landmarks[] {
  return shifts.map((peaks, i) => landmarksOf(unwarp(peaks, i / shifts.length, ranks, warp), fan));
}

function unwarp(peaks: Peaks, late: number, ranks: number, { tempo, pitch }: Warp): Constellation {
  const places = new Float64Array(peaks.count);
  let count = 0;
  for (let i = 0; i < peaks.count; i++) {
    if (peaks.ranks[i] >= ranks) continue;
    const frame = peaks.frames[i] + late + peaks.frameFractions[i] * FRACTION;
    const bin = peaks.bins[i] + peaks.binFractions[i] * FRACTION;
    const trackFrame = tempo === 1 ? peaks.frames[i] : Math.max(0, Math.round(frame * tempo));
    const trackBin = pitch === 1 ? peaks.bins[i] : Math.round(bin / pitch);
    places[count++] = trackFrame * MOST_BINS + trackBin;
  }
  // Peaks of one frame of the clip may move to different frames of the track, so their order may change.
  const sorted = places.subarray(0, count).sort();
  return {
    count,
    frames: Uint32Array.from(sorted, (place) => Math.floor(place / MOST_BINS)),
    bins: Uint16Array.from(sorted, (place) => place % MOST_BINS),
  };
}
