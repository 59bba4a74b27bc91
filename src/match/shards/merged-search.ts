/**
 * Searches several shards for a clip as `search.ts` searches one library: the same steps, the same choice among the places of all
 * shards, one ranking. In: the analysis of a clip and the shards. Out: the candidates. A costlier round is asked only if the cheaper
 * ones gave no sure answer.
 */
import type { TrackId } from '../../types.ts';
import type { Analysis } from '../analysis.ts';
import { answersAt } from '../answer-places.ts';
import { type Candidate, Candidates, JUDGED_AGAIN, type Judged, REFINED } from '../candidates.ts';
import { THRESHOLD } from '../decide.ts';
import { type Field, fieldOf, MARGIN } from '../field.ts';
import type { Index } from '../index-view.ts';
import { placesAtOtherTempos } from '../other-tempos.ts';
import { weightOf } from '../propose.ts';
import { Scanner } from '../scan.ts';
import {
  type Answer,
  OTHERS,
  SCAN_WANTED,
  SCANNED_TRACKS,
  type SearchOptions,
  type SearchResult,
  SURE,
  speedRanges,
  VOTED_PLACES,
} from '../search.ts';
import { WARPED_FITS } from '../sketch-search.ts';
import { standingsOf } from '../standing.ts';
import { type Findings, type FoundPlace, type Near, type Shards, SPEED_ROUNDS, type Voted } from './findings.ts';

type MergedOptions = Pick<SearchOptions, 'threshold' | 'others' | 'windowsAsked' | 'signal'>;

/** How far from a place its print is needed, as a share of the clip: it may play up to a third faster. */
const REACH = 0.4;
const WHOLE = { start: 0, frames: 2 ** 31 };

export async function searchShards(
  analysis: Analysis,
  shards: Shards,
  options: MergedOptions = {},
): Promise<SearchResult> {
  const { threshold = THRESHOLD, others = OTHERS } = options;
  const search = new MergedSearch(analysis, shards, options);
  const { ranked, step } = await search.run();
  const matches = await search.named(ranked, threshold);
  const left = ranked.filter(({ track }) => !matches.some((match) => match.track === track));
  return { matches, others: left.slice(0, others), step };
}

class MergedSearch {
  private readonly field: Field;
  private candidates: MergedCandidates | undefined;
  private trackCount = 0;

  constructor(
    private readonly analysis: Analysis,
    private readonly shards: Shards,
    private readonly options: MergedOptions,
  ) {
    this.field = fieldOf(analysis.map, analysis.shifts[0]);
  }

  async run(): Promise<{ ranked: Candidate[]; step: number }> {
    const steps = [
      { make: () => this.askLandmarks(), enough: SURE },
      { make: () => this.scanPrints(), enough: THRESHOLD },
      { make: () => this.tryOtherSpeeds(), enough: 1 },
    ];
    let ranked: Candidate[] = [];
    let step = 0;
    for (const { make, enough } of steps) {
      step++;
      const judged = await make();
      this.candidates?.take(judged);
      this.options.signal?.throwIfAborted();
      ranked = await this.ranked();
      if (ranked[0]?.confidence >= enough) break;
    }
    return { ranked, step };
  }

  private async ranked(): Promise<Candidate[]> {
    const { candidates, field } = this;
    if (!candidates) return [];
    const ranked = await candidates.rankedWithPrints();
    // Refining may have changed which ones are first.
    const first = await candidates.withPrints(ranked.slice(0, REFINED));
    const places = placesAtOtherTempos(first, (judged) => candidates.printOf(judged), field);
    if (places.length === 0) return ranked;
    await candidates.add(places);
    return candidates.rankedWithPrints();
  }

  /** The answers at their exact places. */
  async named(ranked: Candidate[], threshold: number): Promise<Answer[]> {
    const { candidates, field } = this;
    if (!candidates || !(ranked[0]?.confidence >= threshold)) return [];
    const named = candidates.named(await candidates.withPrints(ranked.slice(0, JUDGED_AGAIN)), threshold);
    const prints = await this.shards.printsNear(named.map(({ track }) => ({ track, ...WHOLE })));
    return answersAt(named, prints, field, new Scanner(field));
  }

  /** The weights of votes depend on how common a landmark is over all shards. */
  private async askLandmarks(): Promise<Judged[]> {
    const answers = await this.shards.ask('landmarks', this.analysis);
    const tapeFrames = sum(answers.map((answer) => answer.tapeFrames));
    this.trackCount = sum(answers.map((answer) => answer.trackCount));
    this.candidates = new MergedCandidates(this.shards, this.field, tapeFrames, this.options.windowsAsked);
    const weights = answers[0]?.counts.map((_, row) =>
      weightOf(sum(answers.map(({ counts }) => counts[row])), tapeFrames),
    );
    const weightIn = ({ votes }: Voted) => sum(votes.map((row) => weights[row]));
    return bestBy(
      answers.flatMap(({ voted }) => voted),
      weightIn,
      VOTED_PLACES,
    );
  }

  private async scanPrints(): Promise<Judged[]> {
    if (this.trackCount === 0) return [];
    const tracks = this.trackCount > SCANNED_TRACKS ? await this.likeliest() : undefined;
    return bestFound(await this.shards.ask('scan', this.analysis, tracks), SCAN_WANTED);
  }

  private async likeliest(): Promise<TrackId[]> {
    const answers = await this.shards.ask('likeliest', this.analysis);
    const all = answers.flatMap(({ tracks, fits }) => tracks.map((track, i) => ({ track, fit: fits[i] })));
    const best = bestBy(all, ({ fit }) => fit, SCANNED_TRACKS);
    const tracks = best.map(({ track }) => track);
    const count = sum(answers.map((answer) => answer.count));
    this.candidates?.compared(standingsOf({ tracks, fits: best.map(({ fit }) => fit), count }));
    return tracks;
  }

  /** The last range is judged by `run`. */
  private async tryOtherSpeeds(): Promise<Judged[]> {
    if (this.trackCount === 0) return [];
    const rounds = SPEED_ROUNDS.slice(0, speedRanges(this.trackCount));
    for (const [i, round] of rounds.entries()) {
      const found = bestFound(await this.shards.ask(round, this.analysis), WARPED_FITS);
      if (i === rounds.length - 1) return found;
      this.candidates?.take(found);
      const [best] = (await this.candidates?.rankedWithPrints()) ?? [];
      if (best?.confidence >= THRESHOLD) break;
    }
    return [];
  }
}

/** Candidates that the shards have judged. Their prints are fetched only for those that are judged again here. */
class MergedCandidates extends Candidates {
  constructor(
    private readonly shards: Shards,
    private readonly merged: Field,
    tapeFrames: number,
    windowsAsked?: number,
  ) {
    super(NOTHING_HERE, merged, windowsAsked, tapeFrames);
  }

  take(judged: Judged[]): void {
    for (const place of judged) if (this.keep(place)) this.prints.delete(place.track);
  }

  async rankedWithPrints(): Promise<Candidate[]> {
    for (;;) {
      const first = this.sorted([...this.best.values()]).slice(0, REFINED);
      const present = await this.withPrints(first);
      if (present.length === first.length) return this.ranked();
    }
  }

  /** Those whose prints could be fetched; the others are dropped. */
  async withPrints<T extends Judged>(places: T[]): Promise<T[]> {
    const missing = places.filter(({ track }) => !this.prints.has(track));
    const { frameCount } = this.merged;
    const near = missing.map(({ track, start }): Near => {
      const reach = Math.ceil(REACH * frameCount) + 2 * MARGIN;
      return { track, start: Math.floor(start) - reach, frames: frameCount + 2 * reach };
    });
    const prints = near.length > 0 ? await this.shards.printsNear(near) : [];
    for (const [i, { track }] of missing.entries()) {
      const print = prints[i];
      if (print) this.prints.set(track, print);
      else this.best.delete(track);
    }
    return places.filter(({ track }) => this.prints.has(track));
  }
}

/** An empty index: a front has no library of its own. */
const NOTHING_HERE: Index = {
  lookup: async () => ({ starts: new Uint32Array(1), positions: new Uint32Array(0) }),
  stretches: () => ({ starts: new Uint32Array(0), frameCounts: new Uint32Array(0), tracks: new Uint32Array(0) }),
  prints: async (tracks) => tracks.map(() => undefined),
  sketches: async (tracks) => tracks.map(() => undefined),
};

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);

function bestBy<T>(all: T[], rate: (one: T) => number, wanted: number): T[] {
  const valued = all.map((one) => ({ one, value: rate(one) }));
  return valued
    .sort((a, b) => b.value - a.value)
    .slice(0, wanted)
    .map(({ one }) => one);
}

const bestFound = (answers: Findings['scan'][], wanted: number): FoundPlace[] =>
  bestBy(
    answers.flatMap(({ found }) => found),
    ({ fit }) => fit,
    wanted,
  );
