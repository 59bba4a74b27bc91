/** How far each step of a search goes. Over several shards these are the same, so that the answers are those of one library. */

/** At this confidence the second step is skipped. The third runs only if there is no answer at all. */
export const SURE = 0.9;
/** How many of the places that landmarks vote for are judged. */
export const VOTED_PLACES = 50;
/** How many prints the second step compares. In a larger library the sketches choose them. */
export const SCANNED_TRACKS = 300;
/** How many places of a scan are judged. */
export const SCAN_WANTED = 200;
/** The prints of how many places are read at once. */
export const PLACES_AT_ONCE = 25;
/** How many other candidates are returned by default. */
export const OTHERS = 5;

/** How many ranges of other speeds are tried, one after the other. A large library is not searched for the largest changes. */
export const speedRanges = (trackCount: number) => (trackCount > LARGE ? 2 : 3);
const LARGE = 3000;
