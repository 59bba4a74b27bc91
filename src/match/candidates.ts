/**
 * The candidates for what a clip is. Places go in; each is judged by its evidence, and the best place of each track stays. Out come
 * candidates in order, with confidence; and, of these, the ones to name when several tracks play at once.
 */
import type { Print, TrackId } from '../types.ts';
import { AS_LEARNT } from './align.ts';
import { confidenceOf, ordinaryTonesOf, scoreOf } from './decide.ts';
import { type Evidence, evidenceAt, type Place } from './evidence.ts';
import { withoutTrack } from './explain.ts';
import type { Field } from './field.ts';
import { GAP_FRAMES, type Index, type Stretches } from './index-view.ts';
import type { Proposal } from './propose.ts';
import { refine } from './refine.ts';

/** A place that was judged; its `start` is where the evidence was found best. */
interface Judged extends Place {
  evidence: Evidence;
}

/** A judged place with the decision on it. */
export interface Candidate extends Judged {
  confidence: number;
  /** Mean fit of the tones over the candidates it was ranked with. */
  ordinaryTones: number;
}

/** Speed and pitch are refined for this many of the best. */
const REFINED = 3;
/** Most tracks named at once, and how many candidates are judged again for the second and third. */
const MOST_AT_ONCE = 3;
const JUDGED_AGAIN = 40;

const scoreIn = ({ evidence, isWarped }: Judged, ordinaryTones?: number) => scoreOf(evidence, isWarped, ordinaryTones);
const byScore = (ordinaryTones?: number) => (a: Judged, b: Judged) =>
  scoreIn(b, ordinaryTones) - scoreIn(a, ordinaryTones);

export class Candidates {
  /** The best place of each track. */
  private readonly best = new Map<TrackId, Judged>();
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
    return [...this.best.keys()];
  }

  /** Judges places; of each track the best one stays. */
  async add(places: Place[]): Promise<void> {
    await this.fetchPrints(places.map(({ track }) => track));
    for (const place of places) {
      const print = this.prints.get(place.track);
      if (!print) continue;
      const judged = this.judged(print, place, this.field);
      const known = this.best.get(place.track);
      if (!known || byScore()(judged, known) < 0) this.best.set(place.track, judged);
    }
  }

  /** All of them, best first. */
  ranked(): Candidate[] {
    return this.rank(this.field, [...this.best.values()]);
  }

  /** The first, if it is sure enough; then the best of what that one does not explain, and so on. */
  named(ranked: Candidate[], threshold: number): Candidate[] {
    const named: Candidate[] = [];
    let field = this.field;
    let left = ranked.slice(0, JUDGED_AGAIN);
    while (left[0]?.confidence >= threshold && named.length < MOST_AT_ONCE) {
      const [match, ...others] = left;
      named.push(match);
      field = withoutTrack(this.printOf(match), field, match.start, match.warp);
      const judgedAgain = others.map((candidate) => this.judged(this.printOf(candidate), candidate, field));
      left = this.rank(field, judgedAgain);
    }
    return named;
  }

  private judged(print: Print, { track, start, warp, isWarped }: Place, field: Field): Judged {
    const evidence = evidenceAt(print, field, start, warp);
    return { track, start: evidence.start, warp, isWarped, evidence };
  }

  /** Best first, the first few with refined speed, all with confidence. */
  private rank(field: Field, judged: Judged[]): Candidate[] {
    const ordinaryTones = ordinaryTonesOf(judged.map(({ evidence }) => evidence));
    const circumstances = { tapeFrames: this.tapeFrames, ordinaryTones, windowsAsked: this.windowsAsked };
    const ranked = judged.sort(byScore(ordinaryTones));
    for (let i = 0; i < Math.min(REFINED, ranked.length); i++) {
      const { evidence, warp } = refine(this.printOf(ranked[i]), field, ranked[i]);
      ranked[i] = { ...ranked[i], start: evidence.start, warp, evidence };
    }
    ranked.sort(byScore(ordinaryTones));
    return ranked.map((place) => ({
      ...place,
      ordinaryTones,
      confidence: confidenceOf(place.evidence, circumstances, place.isWarped),
    }));
  }

  /** Of a track that was judged, so its print was fetched. */
  private printOf({ track }: Judged): Print {
    return this.prints.get(track) as Print;
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

/** The proposals that lie on living tracks: the clip begins on a track's stretch, or a little before it. */
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
