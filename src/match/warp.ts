/**
 * For clips that play a track faster or higher than its print. Instead of resampling the sound, the peaks are moved back: a peak at
 * frequency f * pitch and time t / tempo returns to f and t. Landmarks are then made of the moved peaks.
 */
import type { Peaks } from '../types.ts';
import type { Warp } from './align.ts';
import { type Constellation, type Landmarks, landmarksOf } from './landmarks.ts';

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

/** Between two pitches, as a natural logarithm. */
export const PITCH_STEP = 0.0066;
/** The pitches that a search tries: 32 from -10 to +10 %, in steps of 0.66 %, the print's own among them. */
export const PITCHES = Array.from({ length: 32 }, (_, i) => Math.exp((i - 16) * PITCH_STEP));
/** At the print's pitch, tempos up to 10 % either way. */
export const TEMPO_STEP = 0.02;
const TEMPO_STEPS = 5;

/** How a clip of that pitch may play: at another speed, or higher only; and at the print's own pitch, at another tempo only. */
export function warpsAt(pitch: number): Warp[] {
  if (pitch !== 1) {
    return [
      { tempo: pitch, pitch },
      { tempo: 1, pitch },
    ];
  }
  const steps = Array.from({ length: TEMPO_STEPS }, (_, i) => (i + 1) * TEMPO_STEP);
  return steps.flatMap((step) => [1 + step, 1 - step]).map((tempo) => ({ tempo, pitch: 1 }));
}
