/**
 * Finds tracks of the library that share sound: the same recording twice, an excerpt and the whole, or the same music used in two
 * pieces. All prints are read once. A sample of their landmarks shows which pairs may share something; their whole prints decide.
 */
import { FRAMES_PER_SECOND } from '../../kernel/format.ts';
import type { Index } from '../../match/index-view.ts';
import { type Landmarks, landmarksOf } from '../../match/landmarks.ts';
import type { TrackId } from '../../types.ts';
import { turns } from '../turns.ts';
import { LandmarkSample, type SampledTrack } from './landmark-sample.ts';
import { type ByHash, byHash, type SharedStretch, sharedStretches } from './shared-stretches.ts';
import { VoteTable } from './vote-table.ts';

/**
 * `same`: most of each is in the other. `excerpt`: most of the other is in the first, which is longer. `shared`: they share a
 * stretch.
 */
export interface Duplicate {
  kind: 'same' | 'excerpt' | 'shared';
  track: TrackId;
  other: TrackId;
  stretches: SharedStretch[];
  /** Total over all stretches. */
  seconds: number;
}

/** Size of a cell of distances in frames. */
const CELL_FRAMES = 4;
/** Cells for each track: enough for distances of three hours. */
const CELLS = 2 ** 18;
/** Least number of landmarks at a distance that is examined: of all, and of a sample. A bad copy of 8 s has about 60. */
const LEAST_VOTES = 30;
const LEAST_SAMPLED_VOTES = 5;
/** How many distances are examined per pair. */
const MOST_DISTANCES = 3;
/** How many other tracks are compared with a track, those with the most votes first, so that a common loop does not take hours. */
const MOST_OTHERS = 12;
/** Hashes that occur more often in the sample are ignored. */
const COMMON = 300;
/** Share of a track that counts as most of it. */
const MOST = 0.75;
const LEAST_SHARED_SECONDS = 8;
const PRINTS_AT_ONCE = 16;
/** How many tracks have their landmarks cached by hash. */
const KEPT = 64;
/** For progress: reading all prints is about half of the work. */
const READING = 0.5;

interface DuplicatesHost {
  index: Index;
  progress?: (done: { done: number; total: number }) => void;
  signal?: AbortSignal;
}

export async function findDuplicates({ index, progress = () => {}, signal }: DuplicatesHost): Promise<Duplicate[]> {
  const { tracks: all } = index.stretches();
  const ids = [...all];
  const pause = turns();
  const tell = (share: number) => progress({ done: Math.round(share * ids.length), total: ids.length });
  const sample = new LandmarkSample(ids.length);
  for (let at = 0; at < ids.length; at += PRINTS_AT_ONCE) {
    const some = ids.slice(at, at + PRINTS_AT_ONCE);
    for (const [i, print] of (await index.prints(some)).entries()) {
      if (print) sample.add(some[i], print.frameCount, landmarksOf(print));
      await pause();
    }
    signal?.throwIfAborted();
    tell((READING * at) / ids.length);
  }
  sample.sort();
  const votes = new VoteTable();
  const compare = new Comparison(index);
  const found: Duplicate[] = [];
  for (const [i, track] of sample.tracks.entries()) {
    for (const [other, distances] of candidates(sample, votes, track)) {
      const duplicate = await compare.pair(track, other, distances);
      if (duplicate) found.push(duplicate);
      await pause();
      signal?.throwIfAborted();
    }
    await pause();
    signal?.throwIfAborted();
    tell(READING + ((1 - READING) * i) / sample.tracks.length);
  }
  tell(1);
  return found.sort((a, b) => order[a.kind] - order[b.kind] || b.seconds - a.seconds);
}

const order = { same: 0, excerpt: 1, shared: 2 };

/** Later tracks that may share sound with this one, and the distances in frames with the most landmarks. */
function candidates(sample: LandmarkSample, votes: VoteTable, track: SampledTrack): Map<SampledTrack, number[]> {
  votes.clear();
  // Distances are counted for each track separately: one distance on the tape can belong to two tracks that lie side by side.
  sample.pairsOf(track, COMMON, (at, later) => {
    const other = sample.trackAt(later);
    const distance = later - sample.tracks[other].start - (at - track.start);
    votes.add(other * CELLS + Math.floor(distance / CELL_FRAMES) + CELLS / 2);
  });
  const found = new Map<SampledTrack, number[]>();
  for (const { cell } of votes.best(Math.max(LEAST_SAMPLED_VOTES, LEAST_VOTES * sample.share))) {
    const other = sample.tracks[Math.floor(cell / CELLS)];
    // The middle of the cell and its neighbour.
    const distance = ((cell % CELLS) - CELLS / 2 + 1) * CELL_FRAMES;
    const known = found.get(other) ?? [];
    if (known.length === 0 && found.size >= MOST_OTHERS) continue;
    const isNew = known.every((each) => Math.abs(each - distance) > 4 * CELL_FRAMES);
    if (isNew && known.length < MOST_DISTANCES) found.set(other, [...known, distance]);
  }
  return found;
}

class Comparison {
  private readonly kept = new Map<TrackId, { landmarks: Landmarks; map: ByHash }>();

  constructor(private readonly index: Index) {}

  async pair(track: SampledTrack, other: SampledTrack, distances: number[]): Promise<Duplicate | undefined> {
    const [one, two] = [await this.landmarks(track.id), await this.landmarks(other.id)];
    if (!one?.landmarks.count || !two) return undefined;
    const stretches: SharedStretch[] = [];
    for (const distance of distances) {
      for (const stretch of sharedStretches(one.landmarks, two.map, distance)) {
        if (!stretches.some((each) => overlaps(each, stretch))) stretches.push(stretch);
      }
    }
    const seconds = stretches.reduce((sum, stretch) => sum + stretch.seconds, 0);
    const [first, second] = [track, other].map(({ frameCount }) => seconds / (frameCount / FRAMES_PER_SECOND));
    stretches.sort((a, b) => a.fromSeconds - b.fromSeconds);
    const pair = { track: track.id, other: other.id, stretches, seconds };
    if (first >= MOST && second >= MOST) return { kind: 'same', ...pair };
    if (second >= MOST) return { kind: 'excerpt', ...pair };
    if (first >= MOST)
      return { kind: 'excerpt', track: other.id, other: track.id, stretches: stretches.map(turned), seconds };
    return seconds >= LEAST_SHARED_SECONDS ? { kind: 'shared', ...pair } : undefined;
  }

  private async landmarks(id: TrackId): Promise<{ landmarks: Landmarks; map: ByHash } | undefined> {
    const known = this.kept.get(id);
    if (known) return known;
    const [print] = await this.index.prints([id]);
    if (!print) return undefined;
    const landmarks = landmarksOf(print);
    const entry = { landmarks, map: byHash(landmarks) };
    const [oldest] = this.kept.keys();
    if (this.kept.size >= KEPT) this.kept.delete(oldest);
    this.kept.set(id, entry);
    return entry;
  }
}

const overlaps = (a: SharedStretch, b: SharedStretch) =>
  a.fromSeconds < b.fromSeconds + b.seconds && b.fromSeconds < a.fromSeconds + a.seconds;

const turned = ({ fromSeconds, otherFromSeconds, ...rest }: SharedStretch): SharedStretch => ({
  fromSeconds: otherFromSeconds,
  otherFromSeconds: fromSeconds,
  ...rest,
});
