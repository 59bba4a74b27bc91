/** Votes of the last seconds of a session. Only new landmarks are looked up; the weight of a place grows as the music plays. */
import type { TrackId } from '../../types.ts';
import type { Index } from '../index-view.ts';
import { placesOf, tapeLength } from '../judge/candidates.ts';
import type { Place } from '../judge/evidence.ts';
import { propose, questionOf, type Votes, votesOf, weightsOf } from '../propose.ts';
import type { HeardPart } from './heard-so-far.ts';
import { LandmarkFeed } from './landmark-feed.ts';

/** Only peaks with a rank below this make landmarks, each with `FAN` partners. */
const RANKS = 40;
const FAN = 6;
/** How many of the analyses have their landmarks looked up, evenly spread. */
const ANALYSES = 2;
/** How many places to judge. */
const WANTED = 40;

export class LiveVotes {
  private readonly feeds = Array.from({ length: ANALYSES }, () => new LandmarkFeed(FAN));
  private votes: (Votes & { endFrame: number })[] = [];

  constructor(
    private readonly index: Index,
    private readonly keptFrames: number,
    /** Propose places of this track only. */
    private readonly only?: TrackId,
  ) {}

  /** Looks up the landmarks that a part completes; `endFrame` is the first frame after it. */
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
    const votes = votesOf(question, answer, weightsOf(answer, tapeLength(this.index.stretches())));
    const oldest = endFrame - this.keptFrames;
    this.votes = [...this.votes.filter((part) => part.endFrame > oldest), { ...votes, endFrame }];
  }

  /** The places with the most votes, for a clip that begins at `clipFrame` of the session. */
  places(clipFrame: number): Place[] {
    const votes = this.votes.filter(({ endFrame }) => endFrame > clipFrame);
    const proposals = propose(votes, WANTED).map((proposal) => ({
      ...proposal,
      cell: (proposal.cell + clipFrame) % 2 ** 32,
    }));
    const places = placesOf(proposals, this.index.stretches());
    return this.only === undefined ? places : places.filter(({ track }) => track === this.only);
  }
}
