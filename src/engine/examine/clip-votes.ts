/** The votes of a clip's pairs, for drawing: over the whole library, and around one place. */

import type { Index, Stretches } from '../../match/index-view.ts';
import { tapeLength } from '../../match/judge/candidates.ts';
import { propose, type Question, type Votes, votesOf, weightsOf } from '../../match/propose.ts';
import type { TrackId } from '../../types.ts';
import type { TapeVotes } from './examination.ts';

/** Parts of the tape, each a bar of the drawing; and how many places are looked at for them. */
const PARTS = 360;
const PLACES = 3000;
/** The weight of a vote is in steps of 1/8 neper. */
const STEPS = 8;

export async function votesOfQuestion(question: Question, index: Index): Promise<Votes> {
  const postings = await index.lookup(question.hashes);
  return votesOf(question, postings, weightsOf(postings, tapeLength(index.stretches())));
}

export function tapeVotes(votes: Votes, stretches: Stretches): TapeVotes {
  const end = tapeLength(stretches);
  const most = new Float32Array(PARTS);
  for (const { cell, weight } of propose([votes], PLACES)) {
    const part = Math.floor((PARTS * cell) / end);
    if (part < PARTS) most[part] = Math.max(most[part], weight / STEPS);
  }
  return { most, count: votes.count };
}

/** Position of a frame of a track on the tape. */
export function onTape({ starts, tracks }: Stretches, track: TrackId, frame: number): number {
  return starts[tracks.indexOf(track)] + frame;
}

/** Weight of the votes for each of the places `reach` frames before `place` to as many after it. */
export function votesAround({ count, cells, weights }: Votes, place: number, reach: number): Float32Array {
  const around = new Float32Array(2 * reach + 1);
  const first = Math.round(place) - reach;
  for (let i = 0; i < count; i++) {
    const at = cells[i] - first;
    if (at >= 0 && at < around.length) around[at] += weights[i] / STEPS;
  }
  return around;
}
