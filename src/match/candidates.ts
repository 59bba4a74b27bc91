/** Candidates for what a clip is: places go in, are verified, and come out ranked, with how sure each is. */
import type { Print, TrackId } from '../types.ts';
import { confidenceOf, ordinaryTonesOf, scoreOf } from './decide.ts';
import { AS_LEARNT, type Evidence, verify, type Warp } from './evidence.ts';
import { withoutPeaksOf } from './explain.ts';
import type { Field } from './field.ts';
import { GAP_FRAMES, type Index, type Stretches } from './index-view.ts';
import type { Proposal } from './propose.ts';
import { refine } from './refine.ts';

/** A place to look at closely. */
export interface Spot {
  track: TrackId;
  /** Frame of the track at which the clip would begin. */
  start: number;
  votes: number;
  warp: Warp;
  /** Another speed or pitch is tried. */
  isWarped: boolean;
}

export interface Candidate extends Spot, Evidence {
  confidence: number;
  /** How well tones fit all the candidates that it was ranked with. */
  ordinaryTones: number;
}

/** The best candidates' speed is refined. */
const REFINED = 3;
/** Most tracks that are named at once, and the candidates looked at for the second. */
const MOST_AT_ONCE = 3;
const LOOKED_AT_AGAIN = 40;

const byScore = (ordinaryTones?: number) => (a: Candidate, b: Candidate) =>
  scoreOf(b, b.isWarped, ordinaryTones) - scoreOf(a, a.isWarped, ordinaryTones);

export class Pool {
  private readonly candidates = new Map<TrackId, Candidate>();
  private readonly prints = new Map<TrackId, Print>();
  private readonly tapeFrames: number;

  constructor(
    private readonly index: Index,
    private readonly field: Field,
    private readonly windowsAsked?: number,
  ) {
    this.tapeFrames = tapeLength(index.stretches());
  }

  tracks(): TrackId[] {
    return [...this.candidates.keys()];
  }

  /** Verifies; each track's best place stays. */
  async add(spots: Spot[]): Promise<void> {
    await this.fetchPrints(spots.map(({ track }) => track));
    for (const spot of spots) {
      const { track, start, warp } = spot;
      const print = this.prints.get(track);
      if (!print) continue;
      const candidate = { ...spot, confidence: 0, ordinaryTones: 0, ...verify(print, this.field, start, warp) };
      const known = this.candidates.get(track);
      if (!known || byScore()(candidate, known) < 0) this.candidates.set(track, candidate);
    }
  }

  /** All of them, best first. */
  ranked(): Candidate[] {
    return this.rank(this.field, [...this.candidates.values()]);
  }

  /** The best if it is sure enough; then the best of what that one does not explain, and so on. */
  named(ranked: Candidate[], threshold: number): Candidate[] {
    const matches: Candidate[] = [];
    let field = this.field;
    let left = ranked.slice(0, LOOKED_AT_AGAIN);
    while (left[0]?.confidence >= threshold && matches.length < MOST_AT_ONCE) {
      const [match] = left;
      matches.push(match);
      field = withoutPeaksOf(this.prints.get(match.track)!, field, match.start, match.warp);
      const again = left.slice(1).map((candidate) => {
        const evidence = verify(this.prints.get(candidate.track)!, field, candidate.start, candidate.warp);
        return { ...candidate, ...evidence };
      });
      left = this.rank(field, again);
    }
    return matches;
  }

  /** Best first, each with its speed and its confidence. */
  private rank(field: Field, candidates: Candidate[]): Candidate[] {
    const ordinaryTones = ordinaryTonesOf(candidates);
    const circumstances = { tapeFrames: this.tapeFrames, ordinaryTones, windowsAsked: this.windowsAsked };
    const ranked = candidates.sort(byScore(ordinaryTones));
    for (let i = 0; i < Math.min(REFINED, ranked.length); i++) {
      const { track, warp } = ranked[i];
      const better = refine(this.prints.get(track)!, field, { evidence: ranked[i], warp });
      ranked[i] = { ...ranked[i], ...better.evidence, warp: better.warp };
    }
    ranked.sort(byScore(ordinaryTones));
    return ranked.map((candidate) => ({
      ...candidate,
      ordinaryTones,
      confidence: confidenceOf(candidate, circumstances, candidate.isWarped),
    }));
  }

  private async fetchPrints(tracks: TrackId[]): Promise<void> {
    const missing = [...new Set(tracks)].filter((track) => !this.prints.has(track));
    for (const [i, print] of (await this.index.prints(missing)).entries()) {
      if (print) this.prints.set(missing[i], print);
    }
  }
}

export function tapeLength({ starts, frameCounts }: Stretches): number {
  return starts.length ? starts[starts.length - 1] + frameCounts[starts.length - 1] : 0;
}

/** Proposals that lie on living tracks: the clip begins on a track's stretch, or a little before it. */
export function spotsOf(proposals: Proposal[], { starts, frameCounts, tracks }: Stretches, warp = AS_LEARNT): Spot[] {
  const isWarped = warp !== AS_LEARNT;
  const spots: Spot[] = [];
  for (const { cell, votes } of proposals) {
    let low = 0;
    for (let high = starts.length; low < high; ) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= cell + GAP_FRAMES) low = middle + 1;
      else high = middle;
    }
    const at = low - 1;
    const start = cell - starts[at];
    if (at >= 0 && start < frameCounts[at]) spots.push({ track: tracks[at], start, votes, warp, isWarped });
  }
  return spots;
}
