import { GAP_FRAMES } from '../../src/match/index-view.ts';
import { HASH_BITS, LANDMARK_FORMAT, landmarksOf } from '../../src/match/landmarks.ts';

/** What the engine tells a library of matching. */
export const matching = { landmarksOf, landmarkFormat: LANDMARK_FORMAT, hashBits: HASH_BITS, gapFrames: GAP_FRAMES };
