import { GAP_FRAMES } from '../../src/match/index-view.ts';
import { LANDMARK_FORMAT, landmarksOf } from '../../src/match/landmarks.ts';

/** What the engine tells a library of matching. */
export const matching = { landmarksOf, landmarkFormat: LANDMARK_FORMAT, gapFrames: GAP_FRAMES };
