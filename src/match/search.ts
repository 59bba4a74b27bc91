/**
 * Searches a library for a clip. In: the analysis of a clip and the index. Out: the tracks to name and other candidates.
 *
 * Three steps, each costlier than the one before. A step runs only if the earlier ones gave no sure answer:
 *
 *     1  landmarks of the clip propose places                                   cost: some index pages
 *     2  prints are compared with the clip at every frame: all of them, or in   cost: 22 ns per peak; choosing
 *        a large library the 300 whose sketches fit best                        3 microseconds per track
 *     3  sketches again, at other speeds, pitches and tempos                    cost: 3 microseconds per track
 *
 * Each step adds places to the same candidates, which judge and rank them (`candidates.ts`).
 */
import type { TrackId } from '../types.ts';
import type { Analysis } from './analysis.ts';
import { bestWithTies } from './best-of.ts';
import { questionOfClip } from './clip-question.ts';
import { type Field, fieldOf } from './field/field.ts';
import type { Index } from './index-view.ts';
import { type Candidate, Candidates, placesOf, REFINED, tapeLength } from './judge/candidates.ts';
import { THRESHOLD } from './judge/decide.ts';
import type { Place } from './judge/evidence.ts';
import { type Proposal, partsOf, type Votes, votesOf, weightsOf } from './propose.ts';
import { proposeExactly } from './propose-exactly.ts';
import type { PrintScan, ScannedPlace } from './scan/print-scan.ts';
import { OTHERS, PLACES_AT_ONCE, SCANNED_TRACKS, SURE, speedRanges, VOTED_PLACES } from './search-limits.ts';
import type { Answer, SearchOptions, SearchResult } from './search-model.ts';
import { type ToneCounts, WARPED_FITS } from './sketch/sketch-part.ts';
import type { Likeliest, SketchSearch } from './sketch/sketch-search.ts';
import { placesAtOtherTempos } from './speeds/other-tempos.ts';

/** Hashes looked up in one turn. */
const HASHES_AT_ONCE = 128;

export async function searchClip(analysis: Analysis, index: Index, options: SearchOptions = {}): Promise<SearchResult> {
  const { threshold = THRESHOLD, others = OTHERS } = options;
  const search = new ClipSearch(analysis, index, options);
  const { ranked, step } = await search.run();
  const matches = await search.candidates.named(ranked, threshold);
  const left = ranked.filter(({ track }) => !matches.some((match) => match.track === track));
  return { matches: await search.answers(matches), others: left.slice(0, others), step };
}

export class ClipSearch {
  readonly candidates: Candidates;
  readonly field: Field;
  private sketchSearch: SketchSearch | undefined;
  private printScan: PrintScan | undefined;

  constructor(
    private readonly analysis: Analysis,
    private readonly index: Index,
    private readonly options: SearchOptions,
  ) {
    this.field = fieldOf(analysis.map, analysis.shifts[0]);
    this.candidates = new Candidates(index, this.field, options.windowsAsked);
  }

  /** All candidates, best first, and the last step that ran. */
  async run(): Promise<{ ranked: Candidate[]; step: number }> {
    try {
      return await this.takeSteps();
    } finally {
      this.sketchSearch?.end();
    }
  }

  private async takeSteps(): Promise<{ ranked: Candidate[]; step: number }> {
    const steps = [
      { make: () => this.askLandmarks(), enough: SURE },
      { make: () => this.scanPrints(), enough: THRESHOLD },
      { make: () => this.tryOtherSpeeds(), enough: 1 },
    ].slice(0, this.options.steps);
    let ranked: Candidate[] = [];
    let step = 0;
    for (const { make, enough } of steps) {
      step++;
      await make();
      await this.turn();
      ranked = await this.ranked();
      if (ranked[0]?.confidence >= enough) break;
    }
    await this.turn();
    return { ranked, step };
  }

  /** The matches at their exact places. */
  async answers(matches: Candidate[]): Promise<Answer[]> {
    if (matches.length === 0) return [];
    const [{ answersAt }, { scanner }] = await Promise.all([import('./answer-places.ts'), this.prints()]);
    const prints = await this.index.prints(matches.map(({ track }) => track));
    return answersAt(matches, prints, this.field, scanner);
  }

  private async ranked(): Promise<Candidate[]> {
    const { candidates } = this;
    const ranked = await this.rankedInTurns();
    const places: Place[] = [];
    for (const candidate of ranked.slice(0, REFINED)) {
      await this.turn();
      places.push(...placesAtOtherTempos([candidate], (judged) => candidates.printOf(judged), this.field));
    }
    if (places.length === 0) return ranked;
    await candidates.add(places);
    return this.rankedInTurns();
  }

  private async rankedInTurns(): Promise<Candidate[]> {
    await this.candidates.refineFirst(() => this.turn());
    return this.candidates.ranked();
  }

  private async askLandmarks(): Promise<void> {
    await this.judge(placesOf(await this.proposals(), this.index.stretches()));
  }

  private async scanPrints(): Promise<void> {
    const { tracks } = this;
    if (tracks.length <= SCANNED_TRACKS) return this.judge(await this.scanned(tracks));
    const found = await this.likeliest(SCANNED_TRACKS);
    const { standingsOf } = await import('./judge/standing.ts');
    this.candidates.compared(standingsOf(found));
    await this.judge(await this.scanned(found.tracks));
  }

  /** First those that are common, then others if there is no answer. */
  private async tryOtherSpeeds(): Promise<void> {
    const { tracks } = this;
    const { leastOf, pairsOf } = await import('./sketch/sketch-search.ts');
    for (let far = 0; far < speedRanges(tracks.length); far++) {
      const wanted = pairsOf(tracks.length);
      const least = leastOf([await this.tones(far, wanted)], wanted);
      const best = bestWithTies(await this.warped(far, least), ({ fit }) => fit, WARPED_FITS);
      await this.judge(best.flatMap(({ places }) => places));
      if ((await this.rankedInTurns())[0]?.confidence >= THRESHOLD) return;
    }
  }

  /** The tracks whose sketches fit best. */
  async likeliest(wanted: number): Promise<Likeliest> {
    return (await this.sketches()).likeliest(wanted);
  }

  /** How well the tones of all tracks agree at other pitches: the best `wanted` pairs of a track and a pitch. */
  async tones(far: number, wanted: number): Promise<ToneCounts> {
    return (await this.sketches()).tones(far, wanted);
  }

  /** What fits best at other speeds, of the pairs whose tones agree so well, and the places to judge for it. */
  async warped(far: number, least: number): Promise<{ fit: number; places: Place[] }[]> {
    return (await this.sketches()).warpedPlaces(far, least);
  }

  /** The tracks that may be an answer. */
  get tracks(): TrackId[] {
    const { only } = this.options;
    return only === undefined ? [...this.index.stretches().tracks] : [only];
  }

  /** Loaded when first needed, as are the sketches: listening can start without them. */
  private async prints(): Promise<PrintScan> {
    if (!this.printScan) {
      const { PrintScan } = await import('./scan/print-scan.ts');
      this.printScan = new PrintScan(this.field, this.index, () => this.turn());
    }
    return this.printScan;
  }

  private async sketches(): Promise<SketchSearch> {
    if (!this.sketchSearch) {
      const { SketchSearch } = await import('./sketch/sketch-search.ts');
      const { tracks, index, options } = this;
      const elsewhere = options.only === undefined ? await index.elsewhere?.(tracks) : [];
      this.sketchSearch = new SketchSearch(this.field, index, tracks, () => this.turn(), elsewhere);
    }
    return this.sketchSearch;
  }

  /** The places that the landmarks vote for. */
  private async proposals(): Promise<Proposal[]> {
    const votes = await this.votes();
    await this.turn();
    return proposeExactly(votes, VOTED_PLACES, () => this.turn());
  }

  /** What the landmarks vote for, in parts. `weights` of all hashes: by default they follow from this library. */
  async votes(weights?: Uint8Array): Promise<Votes[]> {
    await this.turn();
    const tapeFrames = tapeLength(this.index.stretches());
    const votes: Votes[] = [];
    for (const [i, part] of partsOf(questionOfClip(this.analysis), HASHES_AT_ONCE).entries()) {
      await this.turn();
      const postings = await this.index.lookup(part.hashes);
      const own = weights?.subarray(i * HASHES_AT_ONCE) ?? weightsOf(postings, tapeFrames);
      votes.push(votesOf(part, postings, own));
    }
    return votes;
  }

  private async judge(places: Place[]): Promise<void> {
    const { only } = this.options;
    const asked = only === undefined ? places : places.filter(({ track }) => track === only);
    for (let from = 0; from < asked.length; from += PLACES_AT_ONCE) {
      await this.turn();
      await this.candidates.add(asked.slice(from, from + PLACES_AT_ONCE), () => this.turn());
    }
  }

  /** The places in the prints of these tracks where the clip fits best. */
  async scanned(tracks: TrackId[]): Promise<ScannedPlace[]> {
    const scan = await this.prints();
    const { elsewhere = [] } = this.sketchSearch ?? {};
    if (elsewhere.length === 0) return scan.best(tracks);
    const { dividedScan } = await import('./scan/divided-scan.ts');
    return dividedScan(scan, tracks, this.index, elsewhere);
  }

  /** Between pieces of work: lets other work run, and stops if the search was cancelled. */
  async turn(): Promise<void> {
    await this.options.pause?.();
    this.options.signal?.throwIfAborted();
  }
}
