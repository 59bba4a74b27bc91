/**
 * Searches several shards for a clip as `search.ts` searches one library: the same steps, the same choice among the places of all
 * shards, one ranking. In: the analysis of a clip and the shards. Out: the candidates. A costlier round is asked only if the cheaper
 * ones gave no sure answer.
 */
import type { TrackId } from '../../types.ts';
import type { Analysis } from '../analysis.ts';
import { answersAt } from '../answer-places.ts';
import { bestBy, bestWithTies } from '../best-of.ts';
import { questionOfClip } from '../clip-question.ts';
import { type Field, fieldOf } from '../field/field.ts';
import { type Candidate, JUDGED_AGAIN, type Judged, REFINED } from '../judge/candidates.ts';
import { THRESHOLD } from '../judge/decide.ts';
import { standingsOf } from '../judge/standing.ts';
import { weightOf } from '../propose.ts';
import { Scanner } from '../scan/scan.ts';
import { OTHERS, SCAN_WANTED, SCANNED_TRACKS, SURE, speedRanges, VOTED_PLACES } from '../search-limits.ts';
import type { Answer, SearchOptions, SearchResult } from '../search-model.ts';
import { WARPED_FITS } from '../sketch/sketch-part.ts';
import { leastOf, pairsOf } from '../sketch/sketch-search.ts';
import { placesAtOtherTempos } from '../speeds/other-tempos.ts';
import type { Findings, FoundPlace, Questions, Round, Shards } from './findings.ts';
import { MergedCandidates } from './merged-candidates.ts';

type MergedOptions = Pick<SearchOptions, 'threshold' | 'others' | 'windowsAsked' | 'signal'>;

/** The whole print of a track. */
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
    const named = await candidates.named(await candidates.withPrints(ranked.slice(0, JUDGED_AGAIN)), threshold);
    const prints = await this.shards.printsNear(named.map(({ track }) => ({ track, ...WHOLE })));
    return answersAt(
      named,
      prints.map((part) => part?.print),
      field,
      new Scanner(field),
    );
  }

  /** The weight of a vote depends on how common its landmark is over all shards. */
  private async askLandmarks(): Promise<Judged[]> {
    const hashes = [...questionOfClip(this.analysis).hashes];
    const all = await this.ask('counts', { hashes });
    const tapeFrames = sum(all.map((one) => one.tapeFrames));
    this.trackCount = sum(all.map((one) => one.trackCount));
    this.candidates = new MergedCandidates(this.shards, this.field, tapeFrames, this.options.windowsAsked);
    const weights = hashes.map((_, i) => weightOf(sum(all.map(({ counts }) => counts[i])), tapeFrames));
    const answers = await this.ask('landmarks', { weights });
    const voted = answers.flatMap((answer) => answer.voted);
    return bestBy(voted, ({ weight }) => weight, VOTED_PLACES).flatMap(({ judged }) => judged ?? []);
  }

  private async scanPrints(): Promise<Judged[]> {
    if (this.trackCount === 0) return [];
    const tracks = this.trackCount > SCANNED_TRACKS ? await this.likeliest() : undefined;
    return bestBy(found(await this.ask('scan', { tracks })), ({ fit }) => fit, SCAN_WANTED);
  }

  private async likeliest(): Promise<TrackId[]> {
    const answers = await this.ask('likeliest', {});
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
    const wanted = pairsOf(this.trackCount);
    const ranges = speedRanges(this.trackCount);
    for (let far = 0; ; far++) {
      const least = leastOf(await this.ask('tones', { far, wanted }), wanted);
      const answers = await this.ask('speeds', { far, least });
      const judged = bestWithTies(found(answers), ({ fit }) => fit, WARPED_FITS);
      if (far === ranges - 1) return judged;
      this.candidates?.take(judged);
      const [best] = (await this.candidates?.rankedWithPrints()) ?? [];
      if (best?.confidence >= THRESHOLD) return [];
    }
  }

  private ask<R extends Round>(round: R, question: Questions[R]): Promise<Findings[R][]> {
    return this.shards.ask(round, question, this.analysis);
  }
}

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);

const found = (answers: { found: FoundPlace[] }[]): FoundPlace[] => answers.flatMap((answer) => answer.found);
