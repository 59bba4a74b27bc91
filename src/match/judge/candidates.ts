/**
 * The candidates for a clip. In: places. Each is judged by its evidence; only the best place of each track is kept. Out: the ranked
 * candidates with their confidence, and those to name, which may be several when tracks play at once.
 */
import type { Print, TrackId } from '../../types.ts';
import type { Field } from '../field/field.ts';
import { GAP_FRAMES, type Index, type Stretches } from '../index-view.ts';
import type { Proposal } from '../propose.ts';
import { refine, type Warped } from '../speeds/refine.ts';
import { AS_LEARNT } from './align.ts';
import { confidenceOf, ordinaryTonesOf, scoreOf } from './decide.ts';
import { bestStart, type Evidence, evidenceAt, type Place } from './evidence.ts';
import type { Standings } from './standing.ts';

/** A place that was judged; `start` is the best position near the proposed one. */
export interface Judged extends Place {
  evidence: Evidence;
  /** By a shard: there are sounds for which the track must not be named. */
  mayBeRefused?: boolean;
}

/** A judged place and its confidence. */
export interface Candidate extends Judged {
  confidence: number;
  /** See `standing.ts`. */
  standing?: number;
  /** Mean fit of the tones over all candidates of the same ranking. */
  ordinaryTones: number;
  /** It must not be named: the user said so of this sound. */
  isRefused?: boolean;
}

type Turn = () => Promise<void>;

/** How many of the best candidates have their speed and pitch refined. */
export const REFINED = 3;
/** Maximum number of tracks named at once, and how many candidates are judged again for the second and third. */
const MOST_AT_ONCE = 3;
export const JUDGED_AGAIN = 40;

const scoreIn = (judged: Judged & Partial<Candidate>) => scoreOf(judged.evidence, judged);
export const byScore = (a: Judged, b: Judged) => scoreIn(b) - scoreIn(a);

/** Computes each score once. */
function bestFirst<T extends Judged>(judged: T[]): T[] {
  const scored = judged.map((each) => ({ each, score: scoreIn(each) }));
  return scored.sort((a, b) => b.score - a.score).map(({ each }) => each);
}

export class Candidates {
  /** The best place of each track so far. */
  protected readonly best = new Map<TrackId, Judged>();
  protected readonly prints = new Map<TrackId, Print>();
  /** What `refine` found, by track and start. */
  private readonly refined = new Map<string, Warped>();
  /** How far tracks stand out, and how far all others do, if known; see `standing.ts`. */
  private standings = new Map<TrackId, number>();
  private leastStanding: number | undefined;

  constructor(
    private readonly index: Index,
    private readonly field: Field,
    private readonly windowsAsked?: number,
    private readonly tapeFrames = tapeLength(index.stretches()),
  ) {}

  tracks(): TrackId[] {
    return [...this.best.keys()];
  }

  /** All sketches were compared. */
  compared(standings: Standings | undefined): void {
    if (!standings) return;
    this.standings = standings.best;
    this.leastStanding = standings.least;
  }

  /** Judges places and keeps the best one of each track. `turn` is called between them. */
  async add(places: Place[], turn?: Turn): Promise<void> {
    for (const { track, standing } of places) if (standing !== undefined) this.standings.set(track, standing);
    for (const judged of await this.judge(places, turn)) this.keep(judged);
  }

  /** Places whose track was removed meanwhile are left out. */
  async judge(places: Place[], turn?: Turn): Promise<Judged[]> {
    for (const { track, print } of places) if (print) this.prints.set(track, print);
    await this.fetchPrints(places.map(({ track }) => track));
    const judged: Judged[] = [];
    for (const place of places) {
      await turn?.();
      const print = this.prints.get(place.track);
      if (print) judged.push(this.judged(print, place, this.field));
    }
    return judged;
  }

  /** Computes, in turns, what takes most of the time of `ranked`. */
  async refineFirst(turn: Turn): Promise<void> {
    for (const judged of this.sorted([...this.best.values()]).slice(0, REFINED)) {
      await turn();
      this.refine(judged, this.field);
    }
  }

  /** Whether this place is the best of its track so far. */
  protected keep(judged: Judged): boolean {
    const known = this.best.get(judged.track);
    const isBest = !known || byScore(judged, known) < 0;
    if (isBest) this.best.set(judged.track, judged);
    return isBest;
  }

  /** All candidates, best first. `refined`: how many have their speed refined. */
  ranked(refined = REFINED): Candidate[] {
    return this.rank(this.field, [...this.best.values()], refined);
  }

  /** The best candidate if it reaches the threshold; then, with what it explains removed, the next best, and so on. */
  async named(ranked: Candidate[], threshold: number): Promise<Candidate[]> {
    const named: Candidate[] = [];
    let field = this.field;
    // What one song explains is taken from a refused sound, too, which then would not be known again.
    let left = ranked.slice(0, JUDGED_AGAIN).filter(({ isRefused }) => !isRefused);
    while (left[0]?.confidence >= threshold && named.length < MOST_AT_ONCE) {
      const [match, ...others] = left;
      named.push(match);
      const { withoutTrack } = await import('../explain.ts');
      field = withoutTrack(this.printOf(match), field, match.start, match.warp);
      const judgedAgain = others.map((candidate) => this.judged(this.printOf(candidate), candidate, field));
      left = this.rank(field, judgedAgain);
    }
    return named;
  }

  private judged(print: Print, { track, start, warp, isWarped, reach }: Place, field: Field): Judged {
    const near = reach ? bestStart(print, field, start, warp, reach) : start;
    const evidence = evidenceAt(print, field, near, warp);
    return { track, start: evidence.start, warp, isWarped, evidence };
  }

  /** Sorts, best first; refines the speed of the first few; computes every confidence. */
  private rank(field: Field, judged: Judged[], refined = REFINED): Candidate[] {
    const { tapeFrames, windowsAsked } = this;
    const ranked = this.sorted(judged);
    for (let i = 0; i < Math.min(refined, ranked.length); i++) {
      const { evidence, warp } = this.refine(ranked[i], field);
      ranked[i] = { ...ranked[i], start: evidence.start, warp, evidence };
    }
    const candidates = bestFirst(ranked).map((place) => ({
      ...place,
      confidence: confidenceOf(place.evidence, { tapeFrames, windowsAsked }, place),
    }));
    return this.withoutRefused(candidates, field);
  }

  private refine(judged: Judged, field: Field): Warped {
    if (field !== this.field) return refine(this.printOf(judged), field, judged);
    const key = [judged.track, judged.start, judged.warp.tempo, judged.warp.pitch].join();
    const refined = this.refined.get(key) ?? refine(this.printOf(judged), field, judged);
    this.refined.set(key, refined);
    return refined;
  }

  /** Best first, each with what is known about it beside its evidence. */
  protected sorted<T extends Judged>(judged: T[]): (T & Pick<Candidate, 'ordinaryTones' | 'standing'>)[] {
    const ordinaryTones = ordinaryTonesOf(judged.map(({ evidence }) => evidence));
    return bestFirst(judged.map((place) => ({ ...place, ordinaryTones, standing: this.standingOf(place) })));
  }

  /** Sketches were compared at the print's own speed only. */
  private standingOf({ track, isWarped }: Judged): number | undefined {
    return isWarped ? undefined : (this.standings.get(track) ?? this.leastStanding);
  }

  /** Refused tracks come last, without any confidence. */
  private withoutRefused(candidates: Candidate[], field: Field): Candidate[] {
    return refusedLast(candidates, (candidate) =>
      Boolean(this.index.isRefused?.(candidate.track, { ...candidate, print: this.printOf(candidate) }, field)),
    );
  }

  /** Only for judged tracks: their prints have been fetched. */
  printOf({ track }: Judged): Print {
    return this.prints.get(track) as Print;
  }

  private async fetchPrints(tracks: TrackId[]): Promise<void> {
    const missing = [...new Set(tracks)].filter((track) => !this.prints.has(track));
    for (const [i, print] of (await this.index.prints(missing)).entries()) {
      if (print) this.prints.set(missing[i], print);
    }
  }
}

export function refusedLast(candidates: Candidate[], isRefused: (candidate: Candidate) => boolean): Candidate[] {
  const refused = candidates.filter(isRefused);
  if (refused.length === 0) return candidates;
  const others = candidates.filter((candidate) => !refused.includes(candidate));
  return [...others, ...refused.map((candidate) => ({ ...candidate, confidence: 0, isRefused: true }))];
}

export function tapeLength({ starts, frameCounts }: Stretches): number {
  return starts.length ? starts[starts.length - 1] + frameCounts[starts.length - 1] : 0;
}

/** Maps proposals to tracks. The clip may begin a little before its track; proposals on removed tracks are dropped. */
export function placesOf(proposals: Proposal[], { starts, frameCounts, tracks }: Stretches, warp = AS_LEARNT): Place[] {
  const isWarped = warp !== AS_LEARNT;
  const places: Place[] = [];
  for (const { cell } of proposals) {
    let low = 0;
    for (let high = starts.length; low < high; ) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= cell + GAP_FRAMES) low = middle + 1;
      else high = middle;
    }
    const at = low - 1;
    const start = cell - starts[at];
    if (at >= 0 && start < frameCounts[at]) places.push({ track: tracks[at], start, warp, isWarped });
  }
  return places;
}
