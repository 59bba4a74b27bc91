import { GAP_FRAMES } from '../../src/match/index-view.ts';
import { HASH_BITS, LANDMARK_FORMAT, landmarksOf } from '../../src/match/landmarks.ts';
import { sketchOf } from '../../src/match/sketch/sketch.ts';

/** The landmark functions that the engine passes to a library. */
export const matching = {
  landmarksOf,
  landmarkFormat: LANDMARK_FORMAT,
  sketchOf,
  hashBits: HASH_BITS,
  gapFrames: GAP_FRAMES,
};
