/**
 * The speeds at which one track may play another. All tracks are compared with all others, so it is enough to look for those that are
 * faster or higher than a track; the slower ones are found from the other side.
 */
import type { Warp } from '../../match/judge/align.ts';

/** Finer than the searches for a clip: landmarks of two prints, which have no fractions of bins, must agree. */
const STEP = 0.003;
/** A semitone, and a little more. */
const MOST = 0.066;
/** At the same pitch, only the frames of landmarks change, which are few. */
const TEMPO_STEP = 0.01;

const ratios = (step: number) => Array.from({ length: Math.round(MOST / step) }, (_, i) => 1 + (i + 1) * step);

/** Played faster and higher; faster only; higher only. The first is for recordings that differ by less than the others. */
export const FASTER: Warp[] = [
  { tempo: 1, pitch: 1 },
  ...ratios(STEP).map((speed) => ({ tempo: speed, pitch: speed })),
  ...ratios(TEMPO_STEP).map((tempo) => ({ tempo, pitch: 1 })),
  ...ratios(STEP).map((pitch) => ({ tempo: 1, pitch })),
];

export const SLOWER: Warp[] = FASTER.slice(1).map(({ tempo, pitch }) => ({ tempo: 1 / tempo, pitch: 1 / pitch }));
