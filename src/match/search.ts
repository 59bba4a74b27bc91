/**
 * A clip's search: propose, verify, decide; cheaply first, and with more effort only while undecided.
 */
import type { TrackId } from '../types.ts';
import type { Analysis } from './analysis.ts';
import { confidenceOf, featuresOf, scoreOf, THRESHOLD } from './decide.ts';
import { type Field, fieldOf } from './field.ts';
import { GAP_FRAMES, type Index, type Stretches } from './index-view.ts';
import { type Proposal, propose, questionOf, votesOf } from './propose.ts';
import { AS_LEARNT, type Evidence, verify, type Warp } from './verify.ts';
import { queryLandmarks } from './warp.ts';

export interface SearchOptions {
  /** Lowest confidence that is an answer. */
  threshold?: number;
  /** How many other candidates to name. */
  others?: number;
  /** Ask for this track only. */
  only?: TrackId;
  signal?: AbortSignal;
}

export interface Candidate extends Evidence {
  track: TrackId;
  confidence: number;
  warp: Warp;
  votes: number;
}

export interface SearchResult {
  /** Sure answers, best first. */
  matches: Candidate[];
  others: Candidate[];
  hashCount: number;
  /** Which step answered, from 1. */
  step: number;
}

/** How much is asked at one step of the escalation. */
interface Effort {
  /** Analyses asked with. */
  shifts: number;
  /** Query peaks of rank below this. */
  ranks: number;
  fan: number;
  /** Places to look at closely. */
  wanted: number;
  warps: Warp[];
}

const STEPS: Effort[] = [
  { shifts: 1, ranks: 30, fan: 6, wanted: 150, warps: [AS_LEARNT] },
  { shifts: 4, ranks: 60, fan: 10, wanted: 500, warps: [AS_LEARNT] },
  { shifts: 2, ranks: 40, fan: 6, wanted: 100, warps: speeds() },
];

function speeds(): Warp[] {
  const all: Warp[] = [];
  for (let percent = -10; percent <= 10; percent++) {
    if (percent !== 0) all.push({ tempo: 1 + percent / 100, pitch: 1 + percent / 100 });
  }
  return all;
}

export async function searchClip(analysis: Analysis, index: Index, options: SearchOptions = {}): Promise<SearchResult> {
  const field = fieldOf(analysis.map);
  const threshold = options.threshold ?? THRESHOLD;
  const best = new Map<TrackId, Candidate>();
  let hashCount = 0;
  let step = 0;
  let ranked: Candidate[] = [];
  for (const effort of STEPS) {
    step++;
    for (const warp of effort.warps) {
      options.signal?.throwIfAborted();
      const { proposals, hashes } = await proposeFor(analysis, index, effort, warp);
      hashCount += hashes;
      for (const candidate of await verifyAll(proposals, index, field, warp, options.only)) {
        const known = best.get(candidate.track);
        if (!known || scoreOf(candidate) > scoreOf(known)) best.set(candidate.track, candidate);
      }
    }
    ranked = rank([...best.values()]);
    if (ranked[0]?.confidence >= 0.95) break;
  }
  const matches = ranked.slice(0, 1).filter((candidate) => candidate.confidence >= threshold);
  return {
    matches,
    others: ranked.slice(matches.length, matches.length + (options.others ?? 5)),
    hashCount,
    step,
  };
}

async function proposeFor(analysis: Analysis, index: Index, effort: Effort, warp: Warp) {
  const parts = queryLandmarks(analysis.shifts.slice(0, effort.shifts), effort.ranks, effort.fan, warp);
  const question = questionOf(parts);
  const answer = await index.lookup(question.hashes);
  const { starts, frameCounts } = index.stretches();
  const tapeFrames = starts.length ? starts[starts.length - 1] + frameCounts[starts.length - 1] : 0;
  const proposals = propose([votesOf(question, answer, tapeFrames)], effort.wanted);
  return { proposals, hashes: question.hashes.length };
}

/** Candidates of the proposals that lie on living tracks; several of a track may be among them. */
async function verifyAll(
  proposals: Proposal[],
  index: Index,
  field: Field,
  warp: Warp,
  only?: TrackId,
): Promise<Candidate[]> {
  const stretches = index.stretches();
  const placed = proposals
    .map((proposal) => ({ ...proposal, ...placeOf(proposal.cell, stretches) }))
    .filter((place) => place.track !== undefined && (only === undefined || place.track === only));
  const tracks = [...new Set(placed.map((place) => place.track!))];
  const prints = new Map((await index.prints(tracks)).map((print, i) => [tracks[i], print]));
  const candidates: Candidate[] = [];
  for (const { track, start, votes } of placed) {
    const print = prints.get(track!);
    if (print) candidates.push({ track: track!, confidence: 0, warp, votes, ...verify(print, field, start, warp) });
  }
  return candidates;
}

/** The track on whose stretch a clip begins, or just before it; and at which of its frames. */
function placeOf(cell: number, { starts, frameCounts, tracks }: Stretches): { track?: TrackId; start: number } {
  let low = 0;
  for (let high = starts.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= cell + GAP_FRAMES) low = middle + 1;
    else high = middle;
  }
  const at = low - 1;
  if (at < 0) return { start: 0 };
  const start = cell - starts[at];
  return { track: start < frameCounts[at] ? tracks[at] : undefined, start };
}

/** Best first, each with its confidence: the best against the second best, the others against the best. */
function rank(candidates: Candidate[]): Candidate[] {
  candidates.sort((a, b) => scoreOf(b) - scoreOf(a));
  candidates.forEach((candidate, i) => {
    const rival = candidates[i === 0 ? 1 : 0];
    candidate.confidence = confidenceOf(featuresOf(candidate, rival ? scoreOf(rival) : 0));
  });
  return candidates;
}
