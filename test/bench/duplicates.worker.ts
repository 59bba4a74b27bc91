/** Searches a large library for duplicates where the app does: in a worker, on IndexedDB. */
import { type Duplicate, findDuplicates } from '../../src/engine/duplicates/find-duplicates.ts';
import { openMirror } from '../../src/library/index/pages/mirror.ts';
import { openLibrary } from '../../src/library/library.ts';
import { unpackPrint } from '../../src/library/prints/print.ts';
import { openIndexedDb } from '../../src/library/shelf/indexeddb.ts';
import { matching } from '../support/matching.ts';
import { learntLike } from '../support/tracks-like.ts';
import { sharesPiece } from './shared-pieces.ts';
import { given, serve, told } from './worker.ts';

export interface LargeSearch {
  found: Duplicate[];
  /** How many pairs of made-up tracks were found, and how many of them have a piece of the same song there. */
  madeUp: { found: number; right: number };
  seconds: number;
  progressCount: number;
  /** The longest that the search kept the thread from anything else. */
  longestTurnMs: number;
}

const TRACK_SECONDS = 240;
/** Of every how many messages of progress one is shown. */
const SHOWN = 100;

serve(async ({ tracks, songs }: { tracks: number; songs: number[][] }): Promise<LargeSearch> => {
  const { prints } = await given();
  const real = prints.map((bytes) => unpackPrint(bytes));
  const library = await openLibrary(await openIndexedDb('bench duplicates'), {
    ...matching,
    openMirror: () => openMirror('bench duplicates'),
  });
  async function* source() {
    for (let i = 0; i < tracks; i++) {
      const like = learntLike(real, i, TRACK_SECONDS);
      yield i < prints.length ? { ...like, print: prints[i] } : like;
    }
  }
  await library.addAll(source());
  told(`${tracks} added`);
  await library.settled();
  told('indexed');

  let [longestTurnMs, last, progressCount] = [0, performance.now(), 0];
  const timer = setInterval(() => {
    const now = performance.now();
    longestTurnMs = Math.max(longestTurnMs, now - last);
    last = now;
  }, 1);
  const begun = performance.now();
  const found = await findDuplicates({
    index: library,
    progress({ done, total }) {
      if (progressCount++ % SHOWN === 0) told(`${done} of ${total}`);
    },
  });
  clearInterval(timer);
  const seconds = (performance.now() - begun) / 1000;
  const ids = [...library.stretches().tracks];
  await library.close();
  const seedOf = (track: number) => ids.indexOf(track);
  const made = { real, songs, trackSeconds: TRACK_SECONDS, seedOf };
  const ofMadeUp = found.filter(({ track, other }) => Math.min(seedOf(track), seedOf(other)) >= prints.length);
  const madeUp = { found: ofMadeUp.length, right: ofMadeUp.filter((pair) => sharesPiece(pair, made)).length };
  return { found, madeUp, seconds, progressCount, longestTurnMs };
});
