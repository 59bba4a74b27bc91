/** The other speeds, pitches and tempos that a search by sketches tries. */
import type { Warp } from '../judge/align.ts';

/** Between two pitches, as a natural logarithm; between two tempos at the print's own pitch. */
export const PITCH_STEP = 0.0066;
export const TEMPO_STEP = 0.02;

/** Other speeds that are tried in one pass over all tracks: as many pitches as the module has lanes. */
interface SpeedRange {
  pitches: number[];
  /** At the print's own pitch. */
  tempos: number[];
}

const pitchesAt = (steps: number[]) => steps.map((step) => Math.exp(step * PITCH_STEP));
const temposAt = (steps: number[]) => steps.flatMap((step) => [1 + step * TEMPO_STEP, 1 - step * TEMPO_STEP]);
const numbers = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i);

/** Up to 10 % either way; the print's own pitch is in the middle. */
const NEAR: SpeedRange = { pitches: pitchesAt(numbers(-16, 32)), tempos: temposAt(numbers(1, 5)) };
/** From there to 19 % slower and 21 % faster, which is three semitones. The print's own pitch is the last one. */
const FAR: SpeedRange = {
  pitches: pitchesAt([...numbers(-32, 16), ...numbers(16, 14), 0]),
  tempos: temposAt(numbers(6, 5)),
};
/** From there to 30 % either way. */
const FARTHEST: SpeedRange = {
  pitches: pitchesAt([...numbers(-53, 21), ...numbers(30, 10), 0]),
  tempos: temposAt(numbers(11, 5)),
};
export const RANGES = [NEAR, FAR, FARTHEST];

/** How a clip of that pitch may play: at another speed, or higher only; and at the print's own pitch, at another tempo only. */
export function warpsAt(pitch: number, { tempos }: SpeedRange): Warp[] {
  if (pitch === 1) return tempos.map((tempo) => ({ tempo, pitch }));
  return [
    { tempo: pitch, pitch },
    { tempo: 1, pitch },
  ];
}
