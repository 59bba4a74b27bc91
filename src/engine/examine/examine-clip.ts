/** Recognises a clip and keeps what led to the answer, to be shown in the lab. The search itself is the usual one. */

import type { Analysis } from '../../match/analysis.ts';
import { questionOfClip } from '../../match/clip-question.ts';
import { type Field, fieldOf, MARGIN } from '../../match/field/field.ts';
import { isVisible } from '../../match/heard-peaks.ts';
import type { Index } from '../../match/index-view.ts';
import { align } from '../../match/judge/align.ts';
import { type Candidate, tapeLength } from '../../match/judge/candidates.ts';
import { fitsAround } from '../../match/judge/fits-around.ts';
import { termsOf } from '../../match/judge/score-terms.ts';
import { trackTones } from '../../match/judge/track-tones.ts';
import { searchClip } from '../../match/search.ts';
import type { SearchOptions } from '../../match/search-model.ts';
import type { Match, Peaks, Print } from '../../types.ts';
import { agreeingPairs, pairsOf } from './clip-pairs.ts';
import { onTape, tapeVotes, votesAround, votesOfQuestion } from './clip-votes.ts';
import type { Examination, ExaminedCandidate, Points } from './examination.ts';

/** Candidates that are shown beside the answers. */
const OTHERS = 5;
/** Peaks of the clip with a rank below this are looked up in pairs. */
const RANKS = 30;

interface ExamineHost {
  analysis: Analysis;
  index: Index;
  /** In seconds and tracks; leaves out those that were removed meanwhile. */
  matchesOf(candidates: Candidate[]): Match[];
  options: Pick<SearchOptions, 'threshold' | 'signal' | 'pause'>;
}

export async function examineClip(host: ExamineHost): Promise<Omit<Examination, 'heardSeconds' | 'totalMs'>> {
  const { analysis, index, options } = host;
  const { matches, others, step } = await searchClip(analysis, index, { ...options, others: OTHERS });
  const field = fieldOf(analysis.map, analysis.shifts[0]);
  const votes = await votesOfQuestion(questionOfClip(analysis), index);
  const candidates: ExaminedCandidate[] = [];
  for (const candidate of [...matches, ...others]) {
    await options.pause?.();
    options.signal?.throwIfAborted();
    const examined = await examineCandidate(
      host,
      field,
      candidate,
      matches.some((match) => match === candidate),
    );
    if (examined) candidates.push(examined);
  }
  return {
    candidates,
    step,
    frameCount: field.frameCount,
    rows: analysis.map.rows,
    peaks: pointsOf(analysis.shifts[0]),
    pairs: pairsOf(analysis),
    votes: tapeVotes(votes, index.stretches()),
    tones: field.tones,
  };
}

async function examineCandidate(
  { analysis, index, matchesOf }: ExamineHost,
  field: Field,
  candidate: Candidate,
  isNamed: boolean,
): Promise<ExaminedCandidate | undefined> {
  const { track, start, warp, evidence } = candidate;
  const [match] = matchesOf([candidate]);
  const [print] = await index.prints([track]);
  if (!match || !print) return undefined;
  const stretches = index.stretches();
  const tapeFrames = tapeLength(stretches);
  const place = onTape(stretches, track, start);
  const votes = await votesOfQuestion(questionOfClip(analysis, warp), index);
  return {
    ...match,
    isNamed,
    tapeShare: place / tapeFrames,
    ...overClip(print, analysis, candidate),
    agreeing: agreeingPairs(analysis, print, start, warp),
    fits: fitsAround(print, field, start, warp),
    votesNear: votesAround(votes, place, MARGIN),
    tones: trackTones(print, align(print, field, start, warp), field.binCount),
    terms: termsOf(evidence, { tapeFrames }, candidate),
  };
}

/** The print laid over the clip. */
function overClip(print: Print, { map }: Analysis, { start, warp }: Candidate): { print: Points; isSeen: Uint8Array } {
  const { count, peaks, frames, rows } = align(print, map, start, warp);
  const expected = peaks.slice(0, count);
  return {
    print: {
      frames: Float32Array.from(expected, (i) => (print.frames[i] - start) / warp.tempo),
      bins: Float32Array.from(expected, (i) => print.bins[i] * warp.pitch),
    },
    isSeen: Uint8Array.from(expected, (_, i) => Number(isVisible(map, frames[i], rows[i]))),
  };
}

function pointsOf({ count, frames, bins, ranks }: Peaks): Points {
  const kept = Array.from({ length: count }, (_, i) => i).filter((i) => ranks[i] < RANKS);
  return { frames: Float32Array.from(kept, (i) => frames[i]), bins: Float32Array.from(kept, (i) => bins[i]) };
}
