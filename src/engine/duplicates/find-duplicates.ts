/**
 * Finds tracks of the library that share sound: the same recording twice, perhaps at another speed, an excerpt and the whole, or the
 * same music used in two pieces. All prints are read twice. A sample of their landmarks shows which pairs may share something; their
 * whole prints decide.
 */
import { FRAMES_PER_SECOND } from '../../kernel/format.ts';
import type { Index } from '../../match/index-view.ts';
import { landmarksOf } from '../../match/landmarks.ts';
import type { Print, TrackId } from '../../types.ts';
import { turns } from '../turns.ts';
import { LandmarkSample, type SampledTrack } from './landmark-sample.ts';
import { CourseSearch, type LikelyCourse } from './likely-courses.ts';
import { settleCourse } from './settle-course.ts';
import { type SharedStretch, sharedStretches, turned } from './shared-stretches.ts';

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

/** Share of a track that counts as most of it. */
const MOST = 0.75;
const LEAST_SHARED_SECONDS = 8;
/** Other music with the same beat and key has up to 0.25 for half a minute, but not for most of a track. */
const LEAST_SHARED_ALIKE = 0.35;
/** A course on which this share of the peaks meet is the right one; at nearly the right speed it is less. */
const SETTLED = 0.5;
const PRINTS_AT_ONCE = 16;
/** For progress: how much of the work it is to make the sample. */
const SAMPLING = 0.1;

interface DuplicatesHost {
  index: Index;
  progress?: (done: { done: number; total: number }) => void;
  signal?: AbortSignal;
}

export async function findDuplicates({ index, progress = () => {}, signal }: DuplicatesHost): Promise<Duplicate[]> {
  const ids = [...index.stretches().tracks];
  const pause = turns();
  const tell = (share: number) => progress({ done: Math.round(share * ids.length), total: ids.length });
  const sample = new LandmarkSample(ids.length);
  for await (const { id, print, at } of printsOf(index, ids)) {
    sample.add(id, print.frameCount, landmarksOf(print));
    await pause();
    signal?.throwIfAborted();
    tell((SAMPLING * at) / ids.length);
  }
  sample.sort();
  const search = new CourseSearch(sample);
  const tracks = new Map(sample.tracks.map((track) => [track.id, track]));
  const found = new Map<string, Duplicate>();
  for await (const { id, print, at } of printsOf(index, [...tracks.keys()])) {
    const track = tracks.get(id)!;
    const known = (other: SampledTrack) => found.get(keyOf(id, other.id));
    const isWanted = (other: SampledTrack) => !isSettled(known(other));
    const compare = async (candidates: LikelyCourse[]) => {
      for (const [other, some] of byOther(candidates)) {
        if (!isWanted(other)) continue;
        const [otherPrint] = await index.prints([other.id]);
        const pair = otherPrint && comparison({ id, print }, { id: other.id, print: otherPrint }, some);
        if (pair && strengthOf(pair) > strengthOf(known(other))) found.set(keyOf(id, other.id), pair);
        await pause();
        signal?.throwIfAborted();
      }
    };
    await compare(search.atSameSpeed(track, print));
    await compare(await search.atOtherSpeeds(track, print, { isWanted, pause }));
    signal?.throwIfAborted();
    tell(SAMPLING + ((1 - SAMPLING) * at) / ids.length);
  }
  tell(1);
  return [...found.values()].sort((a, b) => order[a.kind] - order[b.kind] || b.seconds - a.seconds);
}

const strengthOf = (pair?: Duplicate) =>
  pair?.stretches.reduce((sum, { seconds, alike }) => sum + seconds * alike, 0) ?? 0;

/** Whether no other course can be better. */
const isSettled = (pair?: Duplicate) => pair?.kind === 'same' && pair.stretches.every(({ alike }) => alike >= SETTLED);

const keyOf = (...ids: [TrackId, TrackId]) => ids.sort((a, b) => a - b).join();

const order = { same: 0, excerpt: 1, shared: 2 };

async function* printsOf(index: Index, ids: TrackId[]): AsyncGenerator<{ id: TrackId; print: Print; at: number }> {
  for (let from = 0; from < ids.length; from += PRINTS_AT_ONCE) {
    const some = ids.slice(from, from + PRINTS_AT_ONCE);
    for (const [i, print] of (await index.prints(some)).entries()) {
      if (print) yield { id: some[i], print, at: from + i };
    }
  }
}

function byOther(candidates: LikelyCourse[]): Map<SampledTrack, LikelyCourse[]> {
  const map = new Map<SampledTrack, LikelyCourse[]>();
  for (const candidate of candidates) map.set(candidate.other, [...(map.get(candidate.other) ?? []), candidate]);
  return map;
}

interface Compared {
  id: TrackId;
  print: Print;
}

function comparison(track: Compared, other: Compared, candidates: LikelyCourse[]): Duplicate | undefined {
  const found = candidates.flatMap(({ rough, frames, slack }) =>
    sharedStretches(track.print, other.print, settleCourse(track.print, other.print, rough, frames, slack)),
  );
  const stretches: SharedStretch[] = [];
  for (const stretch of found.sort((a, b) => b.seconds * b.alike - a.seconds * a.alike)) {
    if (!stretches.some((each) => overlaps(each, stretch) || overlaps(turned(each), turned(stretch))))
      stretches.push(stretch);
  }
  const [first, second] = [share(stretches, track), share(stretches.map(turned), other)];
  const isLater = track.id > other.id;
  if (first >= MOST && second >= MOST) return duplicate('same', stretches, track, other, isLater);
  if (second >= MOST) return duplicate('excerpt', stretches, track, other);
  if (first >= MOST) return duplicate('excerpt', stretches, track, other, true);
  const sure = stretches.filter(({ alike }) => alike >= LEAST_SHARED_ALIKE);
  const shared = duplicate('shared', sure, track, other, isLater);
  return shared.seconds >= LEAST_SHARED_SECONDS ? shared : undefined;
}

function duplicate(
  kind: Duplicate['kind'],
  stretches: SharedStretch[],
  { id: track }: Compared,
  { id: other }: Compared,
  isTurned = false,
): Duplicate {
  const own = (isTurned ? stretches.map(turned) : stretches).sort((a, b) => a.fromSeconds - b.fromSeconds);
  const ids = isTurned ? { track: other, other: track } : { track, other };
  return { kind, ...ids, stretches: own, seconds: own.reduce((sum, { seconds }) => sum + seconds, 0) };
}

const share = (stretches: SharedStretch[], { print }: Compared) =>
  stretches.reduce((sum, { seconds }) => sum + seconds, 0) / (print.frameCount / FRAMES_PER_SECOND);

const overlaps = (a: SharedStretch, b: SharedStretch) =>
  a.fromSeconds < b.fromSeconds + b.seconds && b.fromSeconds < a.fromSeconds + a.seconds;
