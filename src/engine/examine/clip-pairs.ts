/** The pairs of peaks of a clip, for drawing: all of them, and those that agree with a track. */

import type { Analysis } from '../../match/analysis.ts';
import { questionOfClip } from '../../match/clip-question.ts';
import type { Warp } from '../../match/judge/align.ts';
import { AS_LEARNT } from '../../match/judge/align.ts';
import { landmarksOf, unpack } from '../../match/landmarks.ts';
import type { Print } from '../../types.ts';
import type { Pairs } from './examination.ts';

/** A pair may be off by this many frames. */
const TOLERANCE = 1;

/** A hash and the frame of its first peak, at the speed and pitch of the print. */
type Landmark = [hash: number, frame: number];

export function pairsOf(analysis: Analysis): Pairs {
  return drawn([...landmarksIn(analysis, AS_LEARNT)], AS_LEARNT);
}

export function agreeingPairs(analysis: Analysis, print: Print, start: number, warp: Warp): Pairs {
  const own = new Map<number, number[]>();
  const { count, hashes, frames } = landmarksOf(print);
  for (let i = 0; i < count; i++) {
    const known = own.get(hashes[i]);
    if (known) known.push(frames[i]);
    else own.set(hashes[i], [frames[i]]);
  }
  const agrees = ([hash, frame]: Landmark) =>
    own.get(hash)?.some((at) => Math.abs(at - frame - start) <= TOLERANCE) ?? false;
  return drawn([...landmarksIn(analysis, warp)].filter(agrees), warp);
}

function* landmarksIn(analysis: Analysis, warp: Warp): Generator<Landmark> {
  const { hashes, starts, frames } = questionOfClip(analysis, warp);
  for (const [i, hash] of hashes.entries()) {
    for (let k = starts[i]; k < starts[i + 1]; k++) yield [hash, frames[k]];
  }
}

/** As columns of frames and bins of the clip, which plays at the speed and pitch of `warp`. */
function drawn(landmarks: Landmark[], { tempo, pitch }: Warp): Pairs {
  const column = (value: (landmark: ReturnType<typeof unpack>, frame: number) => number) =>
    Float32Array.from(landmarks, ([hash, frame]) => value(unpack(hash), frame));
  return {
    frames: column((_, frame) => frame / tempo),
    bins: column(({ bin }) => bin * pitch),
    toFrames: column(({ frameDifference }, frame) => (frame + frameDifference) / tempo),
    toBins: column(({ bin, binDifference }) => (bin + binDifference) * pitch),
  };
}
