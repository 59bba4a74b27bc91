/** Votes of the last seconds of live sound: only what is new is looked up, and places gather weight as the music plays. */

import { type Spot, spotsOf, tapeLength } from '../candidates.ts';
import type { Index } from '../index-view.ts';
import { propose, questionOf, type Votes, votesOf } from '../propose.ts';
import type { HeardPart } from './heard-so-far.ts';
import { LandmarkFeed } from './landmark-feed.ts';

/** Peaks of rank below this make landmarks, each with so many partners. */
const RANKS = 40;
const FAN = 6;
/** Of so many analyses the landmarks are asked for, spread over those there are. */
const ANALYSES = 2;
/** Places to look at closely. */
const WANTED = 40;

export class Gathering {
  private readonly feeds = Array.from({ length: ANALYSES }, () => new LandmarkFeed(FAN));
  private votes: (Votes & { endFrame: number })[] = [];

  constructor(
    private readonly index: Index,
    private readonly keptFrames: number,
  ) {}

  /** Looks up the landmarks that the part completes; `endFrame` is the one after its last. */
  async take({ shifts }: HeardPart, endFrame: number): Promise<void> {
    const landmarks = this.feeds.map((feed, i) => {
      const { count, frames, bins, ranks } = shifts[Math.floor((i * shifts.length) / ANALYSES)];
      const kept = Array.from({ length: count }, (_, peak) => peak).filter((peak) => ranks[peak] < RANKS);
      return feed.push({
        count: kept.length,
        frames: kept.map((peak) => frames[peak]),
        bins: kept.map((peak) => bins[peak]),
      });
    });
    const question = questionOf(landmarks);
    const answer = await this.index.lookup(question.hashes);
    const votes = votesOf(question, answer, tapeLength(this.index.stretches()));
    const oldest = endFrame - this.keptFrames;
    this.votes = [...this.votes.filter((part) => part.endFrame > oldest), { ...votes, endFrame }];
  }

  /** Places where votes agree, as beginnings of a clip that begins at `clipFrame`. */
  spots(clipFrame: number): Spot[] {
    const votes = this.votes.filter(({ endFrame }) => endFrame > clipFrame);
    const proposals = propose(votes, WANTED).map((proposal) => ({
      ...proposal,
      cell: (proposal.cell + clipFrame) % 2 ** 32,
    }));
    return spotsOf(proposals, this.index.stretches());
  }
}
