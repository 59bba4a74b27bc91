/**
 * Searches a library for a clip. In: the analysis of a clip and the index. Out: the tracks to name and other candidates.
 *
 * Three steps, each costlier than the one before. A step runs only if the earlier ones gave no sure answer:
 *
 *     1  landmarks of the clip propose places                                   cost: some index pages
 *     2  prints are compared with the clip at every frame: all of them, or in   cost: 22 ns per peak; choosing
 *        a large library the 300 whose sketches fit best                        4 microseconds per track
 *     3  sketches again, at other speeds, pitches and tempos                    cost: 4 microseconds per track
 *
 * Each step adds places to the same candidates, which judge and rank them (`candidates.ts`).
 */
import type { Postings, TrackId } from '../types.ts';
import { AS_LEARNT, align } from './align.ts';
import type { Analysis } from './analysis.ts';
import { type Candidate, Candidates, placesOf, REFINED, tapeLength } from './candidates.ts';
import { THRESHOLD } from './decide.ts';
import type { Place } from './evidence.ts';
import { type Field, fieldOf } from './field.ts';
import type { Index } from './index-view.ts';
import { placesAtOtherTempos } from './other-tempos.ts';
import { type Proposal, partsOf, propose, type Question, questionOf, type Votes, votesOf } from './propose.ts';
import type { Scanner } from './scan.ts';
import type { Likeliest, SketchSearch } from './sketch-search.ts';
import { tonesFit } from './tones.ts';
import { queryLandmarks } from './warp.ts';

export type { Candidate };

/** An answer. */
export interface Answer extends Candidate {
  /** Where else the track fits the clip as well: other frames at which it may begin, the likelier ones first. */
  otherStarts: number[];
}

export interface SearchOptions {
  /** Lowest confidence of an answer. */
  threshold?: number;
  /** How many other candidates to return. */
  others?: number;
  /** Search for this track only. */
  only?: TrackId;
  /** Windows of the same recording searched so far, including this one; see `decide.ts`. Default 1. */
  windowsAsked?: number;
  /** The last step that may run: 1, 2 or 3 (default). */
  steps?: number;
  signal?: AbortSignal;
  /** Called every few milliseconds of work. If it returns a promise, the search waits for it, so that other work can run. */
  pause?: () => Promise<void> | undefined;
}

export interface SearchResult {
  /** Answers, best first. */
  matches: Answer[];
  others: Candidate[];
  /** The last step that ran: 1, 2 or 3. */
  step: number;
}

/** The first step uses one analysis of the clip: its peaks with a rank below RANKS, each with FAN partners. */
const RANKS = 30;
const FAN = 6;
/** How many of the places that landmarks vote for are judged. */
export const VOTED_PLACES = 50;

/** At this confidence the second step is skipped. The third runs only if there is no answer at all. */
export const SURE = 0.9;
/** How many prints the second step compares. In a larger library the sketches choose them. */
export const SCANNED_TRACKS = 300;
/** Batch sizes: prints, hashes and places requested at once. */
const PRINTS_AT_ONCE = 64;
const HASHES_AT_ONCE = 2048;
export const PLACES_AT_ONCE = 50;
/** How many places of a scan to judge, and the least fit of such a place. */
export const SCAN_WANTED = 200;
const SCAN_LEAST = 3;
/**
 * Scanned places are ranked by fit + TONES_SHARE x fit of the tones. The latter never exceeds TONES_MOST and changes little within
 * TONES_FRAMES, so it is computed only that often.
 */
const TONES_SHARE = 0.4;
const TONES_MOST = 20;
const TONES_FRAMES = 32;
export const OTHERS = 5;

export async function searchClip(analysis: Analysis, index: Index, options: SearchOptions = {}): Promise<SearchResult> {
  const { threshold = THRESHOLD, others = OTHERS } = options;
  const search = new ClipSearch(analysis, index, options);
  const { ranked, step } = await search.run();
  const matches = search.candidates.named(ranked, threshold);
  const left = ranked.filter(({ track }) => !matches.some((match) => match.track === track));
  return { matches: await search.answers(matches), others: left.slice(0, others), step };
}

/** The distinct landmarks that the first step looks up. */
export function questionOfClip({ shifts }: Analysis, warp = AS_LEARNT): Question {
  return questionOf(queryLandmarks(shifts.slice(0, 1), RANKS, FAN, warp));
}

/** A place of a scan and how well the clip fits there. */
interface ScannedPlace {
  track: TrackId;
  start: number;
  fit: number;
}

/** Part of the clip's landmarks, where they occur, and what these postings vote for. */
export interface LookedUp {
  part: Question;
  postings: Postings;
  votes: Votes;
}

export class ClipSearch {
  readonly candidates: Candidates;
  readonly field: Field;
  private sketchSearch: SketchSearch | undefined;
  private scannerOfField: Scanner | undefined;

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
    const [{ answersAt }, scanner] = await Promise.all([import('./answer-places.ts'), this.scanner()]);
    const prints = await this.index.prints(matches.map(({ track }) => track));
    return answersAt(matches, prints, this.field, scanner);
  }

  private async ranked(): Promise<Candidate[]> {
    const { candidates } = this;
    const ranked = candidates.ranked();
    const places = placesAtOtherTempos(ranked.slice(0, REFINED), (judged) => candidates.printOf(judged), this.field);
    if (places.length === 0) return ranked;
    await candidates.add(places);
    return candidates.ranked();
  }

  private async askLandmarks(): Promise<void> {
    await this.judge(placesOf(await this.proposals(), this.index.stretches()));
  }

  private async scanPrints(): Promise<void> {
    const { tracks } = this;
    if (tracks.length <= SCANNED_TRACKS) return this.judge((await this.scanned(tracks)).map(placeOf));
    const found = await this.likeliest(SCANNED_TRACKS);
    const { standingsOf } = await import('./standing.ts');
    this.candidates.compared(standingsOf(found));
    await this.judge((await this.scanned(found.tracks)).map(placeOf));
  }

  /** First those that are common, then others if there is no answer. */
  private async tryOtherSpeeds(): Promise<void> {
    for (let far = 0; far < speedRanges(this.tracks.length); far++) {
      await this.judge((await this.warped(far)).flatMap(({ places }) => places));
      if (this.candidates.ranked()[0]?.confidence >= THRESHOLD) return;
    }
  }

  /** The tracks whose sketches fit best. */
  async likeliest(wanted: number): Promise<Likeliest> {
    return (await this.sketches()).likeliest(this.tracks, wanted);
  }

  /** What fits best at other speeds, and the places to judge for it. */
  async warped(far: number): Promise<{ fit: number; places: Place[] }[]> {
    return (await this.sketches()).warpedPlaces(this.tracks, far);
  }

  /** The tracks that may be an answer. */
  get tracks(): TrackId[] {
    const { only } = this.options;
    return only === undefined ? [...this.index.stretches().tracks] : [only];
  }

  /** Loaded when first needed, as is the scan of prints: listening can start without them. */
  private async sketches(): Promise<SketchSearch> {
    if (!this.sketchSearch) {
      const { SketchSearch } = await import('./sketch-search.ts');
      this.sketchSearch = new SketchSearch(this.field, this.index, () => this.turn());
    }
    return this.sketchSearch;
  }

  private async scanner(): Promise<Scanner> {
    if (!this.scannerOfField) {
      const { Scanner } = await import('./scan.ts');
      this.scannerOfField = new Scanner(this.field);
    }
    return this.scannerOfField;
  }

  /** The places that the landmarks vote for. */
  private async proposals(): Promise<Proposal[]> {
    const looked = await this.lookUp();
    return propose(
      looked.map(({ votes }) => votes),
      VOTED_PLACES,
    );
  }

  async lookUp(): Promise<LookedUp[]> {
    await this.turn();
    const tapeFrames = tapeLength(this.index.stretches());
    const looked: LookedUp[] = [];
    for (const part of partsOf(questionOfClip(this.analysis), HASHES_AT_ONCE)) {
      await this.turn();
      const postings = await this.index.lookup(part.hashes);
      looked.push({ part, postings, votes: votesOf(part, postings, tapeFrames) });
    }
    return looked;
  }

  private async judge(places: Place[]): Promise<void> {
    const { only } = this.options;
    const asked = only === undefined ? places : places.filter(({ track }) => track === only);
    for (let from = 0; from < asked.length; from += PLACES_AT_ONCE) {
      await this.turn();
      await this.candidates.add(asked.slice(from, from + PLACES_AT_ONCE));
    }
  }

  /** Scans the prints of these tracks for the best places. */
  async scanned(tracks: TrackId[]): Promise<ScannedPlace[]> {
    const scanner = await this.scanner();
    const best = new BestPlaces(SCAN_WANTED, SCAN_LEAST);
    for (let from = 0; from < tracks.length; from += PRINTS_AT_ONCE) {
      await this.turn();
      const batch = tracks.slice(from, from + PRINTS_AT_ONCE);
      for (const [i, print] of (await this.index.prints(batch)).entries()) {
        await this.turn();
        if (!print) continue;
        let tones = 0;
        let tonesStart = Number.NEGATIVE_INFINITY;
        for (const { start, fit } of scanner.scan(print, Math.max(SCAN_LEAST, best.least - TONES_SHARE * TONES_MOST))) {
          if (start >= tonesStart + TONES_FRAMES) {
            tones = tonesFit(print, align(print, this.field, start, AS_LEARNT), this.field.tones);
            tonesStart = start;
          }
          best.add({ track: batch[i], start, fit: fit + TONES_SHARE * tones });
        }
      }
      best.cut();
    }
    return best.places;
  }

  /** Between pieces of work: lets other work run, and stops if the search was cancelled. */
  async turn(): Promise<void> {
    await this.options.pause?.();
    this.options.signal?.throwIfAborted();
  }
}

/** How many ranges of other speeds are tried, one after the other. A large library is not searched for the largest changes. */
export const speedRanges = (trackCount: number) => (trackCount > LARGE ? 2 : 3);
const LARGE = 3000;

export const placeOf = ({ track, start }: ScannedPlace): Place => ({ track, start, warp: AS_LEARNT, isWarped: false });

/** Keeps the best of many places. */
class BestPlaces {
  places: ScannedPlace[] = [];

  constructor(
    private readonly wanted: number,
    /** Places with a lower fit are not among the best. */
    public least: number,
  ) {}

  add(place: ScannedPlace): void {
    if (place.fit >= this.least) this.places.push(place);
  }

  /** Drops all but the best; call it now and then. */
  cut(): void {
    if (this.places.length <= this.wanted) return;
    this.places = this.places.sort((a, b) => b.fit - a.fit).slice(0, this.wanted);
    this.least = this.places[this.wanted - 1].fit;
  }
}
