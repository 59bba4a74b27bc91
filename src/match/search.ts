/**
 * A clip's search: propose, verify, decide; cheaply first, and with more effort only while undecided.
 */
import type { TrackId } from '../types.ts';
import type { Analysis } from './analysis.ts';
import { type Candidate, Pool, type Spot, spotsOf, tapeLength } from './candidates.ts';
import { THRESHOLD } from './decide.ts';
import { AS_LEARNT, tonesFit, type Warp } from './evidence.ts';
import { type Field, fieldOf } from './field.ts';
import type { Index } from './index-view.ts';
import { type Proposal, partsOf, propose, questionOf, type Votes, votesOf } from './propose.ts';
import { Scanner } from './scan.ts';
import { otherWarps, queryLandmarks } from './warp.ts';

export type { Candidate };

export interface SearchOptions {
  /** Lowest confidence that is an answer. */
  threshold?: number;
  /** How many other candidates to name. */
  others?: number;
  /** Ask for this track only. */
  only?: TrackId;
  /** Windows of the same recording that were asked, this one included; see `decide.ts`. Default 1. */
  windowsAsked?: number;
  /** How far to go while undecided: 1 asks cheaply, 2 looks everywhere, 3 tries other speeds. */
  steps?: number;
  signal?: AbortSignal;
  /** Called between pieces of work of a few milliseconds; waited for when others shall go first. */
  pause?: () => Promise<void> | undefined;
}

export interface SearchResult {
  /** Sure answers, best first. */
  matches: Candidate[];
  others: Candidate[];
  hashCount: number;
  /** Which step answered, from 1. */
  step: number;
}

/** How much is asked with landmarks. */
interface Effort {
  /** Analyses asked with. */
  shifts: number;
  /** Query peaks of rank below this. */
  ranks: number;
  fan: number;
  /** Places to look at closely. */
  wanted: number;
}

const CHEAP: Effort = { shifts: 1, ranks: 30, fan: 6, wanted: 50 };
const DENSE: Effort = { shifts: 4, ranks: 60, fan: 10, wanted: 500 };
const WARPED: Effort = { shifts: 1, ranks: 30, fan: 3, wanted: 60 };
/** Places to look at closely of all warps together: the right one stands out among them. */
const WARPED_WANTED = 300;

/** Surer than this after the first step, no more effort is made. Other speeds are tried only while there is no answer. */
const SURE = 0.9;
/** Frames of tape that are scanned whole: 75 hours of music, some tenths of a second. */
const SCAN_FRAMES = 12_000_000;
/** Tracks whose prints, landmarks whose places, and places whose evidence are asked for at a time. */
const BATCH = 64;
const HASHES = 2048;
const SPOTS = 50;
/** Places of a scan to look at closely, and a fit that is too low for any to be among them. */
const SCAN_WANTED = 200;
const SCAN_LEAST = 3;
/** What the tones count among these places, beside the fit; more than they ever fit. Within so many frames they are alike. */
const TONES_SHARE = 0.4;
const TONES_MOST = 20;
const TONES_FRAMES = 32;
const OTHERS = 5;

export async function searchClip(analysis: Analysis, index: Index, options: SearchOptions = {}): Promise<SearchResult> {
  const { threshold = THRESHOLD, others = OTHERS } = options;
  const { pool, ranked, hashCount, step } = await candidatesOf(analysis, index, options);
  await turnOf(options)();
  const matches = pool.named(ranked, threshold);
  const left = ranked.filter(({ track }) => !matches.some((match) => match.track === track));
  return { matches, others: left.slice(0, others), hashCount, step };
}

/** What the clip may be, best first. */
export async function candidatesOf(analysis: Analysis, index: Index, options: SearchOptions) {
  const { only } = options;
  const turn = turnOf(options);
  const field = fieldOf(analysis.map, analysis.shifts[0]);
  const pool = new Pool(index, field, options.windowsAsked);
  let hashCount = 0;
  const add = async (spots: Spot[]) => {
    const asked = only === undefined ? spots : spots.filter(({ track }) => track === only);
    for (let from = 0; from < asked.length; from += SPOTS) {
      await turn();
      await pool.add(asked.slice(from, from + SPOTS));
    }
  };
  const proposals = async (effort: Effort, warp: Warp, least?: number) => {
    await turn();
    const question = questionOf(
      queryLandmarks(analysis.shifts.slice(0, effort.shifts), effort.ranks, effort.fan, warp),
    );
    hashCount += question.hashes.length;
    const stretches = index.stretches();
    const votes: Votes[] = [];
    for (const part of partsOf(question, HASHES)) {
      await turn();
      votes.push(votesOf(part, await index.lookup(part.hashes), tapeLength(stretches)));
    }
    return propose(votes, effort.wanted, least);
  };
  const ask = async (effort: Effort) => spotsOf(await proposals(effort, AS_LEARNT), index.stretches());
  const isSure = () => pool.ranked()[0]?.confidence >= SURE;
  const look = async () => {
    const { tracks, frameCounts } = index.stretches();
    let asked = [...tracks];
    if (frameCounts.reduce((sum, count) => sum + count, 0) > SCAN_FRAMES) {
      // Not all can be scanned: landmarks choose. Most tracks that they tell at all are among the first.
      const spots = await ask(DENSE);
      await add(spots.slice(0, CHEAP.wanted));
      if (isSure()) return;
      await add(spots.slice(CHEAP.wanted));
      asked = pool.tracks();
    }
    await add(await scanTracks(field, index, only === undefined ? asked : [only], turn));
  };
  const askWarped = async () => {
    let best: { proposal: Proposal; warp: Warp }[] = [];
    for (const warp of otherWarps()) {
      const found = await proposals(WARPED, warp, best[WARPED_WANTED - 1]?.proposal.weight);
      best = [...best, ...found.map((proposal) => ({ proposal, warp }))]
        .sort((a, b) => b.proposal.weight - a.proposal.weight)
        .slice(0, WARPED_WANTED);
    }
    await add(best.flatMap(({ proposal, warp }) => spotsOf([proposal], index.stretches(), warp)));
  };

  let step = 0;
  let ranked: Candidate[] = [];
  const efforts = [
    { make: async () => add(await ask(CHEAP)), enough: SURE },
    { make: look, enough: THRESHOLD },
    { make: askWarped, enough: 1 },
  ];
  for (const { make, enough } of efforts.slice(0, options.steps)) {
    step++;
    await make();
    await turn();
    ranked = pool.ranked();
    if (ranked[0]?.confidence >= enough) break;
  }
  return { pool, ranked, hashCount, step };
}

/** The end of a piece of work: others may go first, and it may be enough. */
function turnOf({ pause, signal }: SearchOptions): () => Promise<void> {
  return async () => {
    await pause?.();
    signal?.throwIfAborted();
  };
}

/** The best places of all these tracks. */
async function scanTracks(field: Field, index: Index, tracks: TrackId[], turn: () => Promise<void>): Promise<Spot[]> {
  const scanner = new Scanner(field);
  let places: { track: TrackId; start: number; fit: number }[] = [];
  let least = SCAN_LEAST;
  for (let from = 0; from < tracks.length; from += BATCH) {
    await turn();
    const batch = tracks.slice(from, from + BATCH);
    for (const [i, print] of (await index.prints(batch)).entries()) {
      await turn();
      if (!print) continue;
      let tones = 0;
      let tonesStart = Number.NEGATIVE_INFINITY;
      for (const { start, fit } of scanner.scan(print, Math.max(SCAN_LEAST, least - TONES_SHARE * TONES_MOST))) {
        if (start >= tonesStart + TONES_FRAMES) {
          tones = tonesFit(print, field, start, AS_LEARNT);
          tonesStart = start;
        }
        const sum = fit + TONES_SHARE * tones;
        if (sum >= least) places.push({ track: batch[i], start, fit: sum });
      }
    }
    if (places.length > SCAN_WANTED) {
      places = places.sort((a, b) => b.fit - a.fit).slice(0, SCAN_WANTED);
      least = places[SCAN_WANTED - 1].fit;
    }
  }
  return places.map(({ track, start }) => ({ track, start, votes: 0, warp: AS_LEARNT, isWarped: false }));
}
