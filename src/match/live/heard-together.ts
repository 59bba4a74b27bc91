/** Tracks that play together with the followed one: judged without what that one explains, several times in a row. */
import type { TrackId } from '../../types.ts';
import type { Candidate, Candidates } from '../judge/candidates.ts';
import { HOPEFUL, TIMES_CONTINUOUS } from './confirmation.ts';

export class HeardTogether {
  /** How many times in a row each track was heard. */
  private times = new Map<TrackId, number>();

  /** Which of the others, judged by `candidates`, play together with the match. */
  async with(match: Candidate, others: Candidate[], candidates: Candidates, threshold: number): Promise<Candidate[]> {
    const before = this.times;
    this.times = new Map();
    if (!others.some(({ confidence }) => confidence >= HOPEFUL)) return [];
    await candidates.add([match]);
    const [, ...named] = await candidates.named([{ ...match, confidence: 1 }, ...others], threshold);
    for (const { track } of named) this.times.set(track, (before.get(track) ?? 0) + 1);
    return named.filter(({ track }) => this.times.get(track)! >= TIMES_CONTINUOUS);
  }
}
