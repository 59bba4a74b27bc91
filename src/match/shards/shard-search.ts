/** One shard's part of a search over several: each round by itself, without deciding anything. `merged-search.ts` does that. */
import type { TrackId } from '../../types.ts';
import type { Analysis } from '../analysis.ts';
import { byScore, type Judged, placesOf, tapeLength } from '../candidates.ts';
import { scoreOf, USUAL_TONES } from '../decide.ts';
import type { Place } from '../evidence.ts';
import type { Index } from '../index-view.ts';
import { type Proposal, propose, TOLERANCE } from '../propose.ts';
import {
  ClipSearch,
  type LookedUp,
  PLACES_AT_ONCE,
  placeOf,
  SCANNED_TRACKS,
  type SearchOptions,
  VOTED_PLACES,
} from '../search.ts';
import type { Findings, FoundPlace, Round } from './findings.ts';

export class ShardSearch {
  private readonly search: ClipSearch;

  constructor(
    analysis: Analysis,
    private readonly index: Index,
    options: Pick<SearchOptions, 'signal' | 'pause'> = {},
  ) {
    this.search = new ClipSearch(analysis, index, options);
  }

  async run<R extends Round>(round: R, tracks?: TrackId[]): Promise<Findings[R]> {
    const rounds: { [K in Round]: () => Promise<Findings[K]> } = {
      landmarks: () => this.landmarks(),
      likeliest: () => this.search.likeliest(SCANNED_TRACKS),
      scan: () => this.scan(tracks ?? this.search.tracks),
      speeds: () => this.speeds(0),
      farSpeeds: () => this.speeds(1),
      farthestSpeeds: () => this.speeds(2),
    };
    return rounds[round]();
  }

  private async landmarks(): Promise<Findings['landmarks']> {
    const looked = await this.search.lookUp();
    const stretches = this.index.stretches();
    const proposals = propose(
      looked.map(({ votes }) => votes),
      VOTED_PLACES,
    );
    const votesOf = votersOf(looked, proposals);
    const voted = await Promise.all(
      proposals.map(async (proposal, i) => {
        const [judged] = await this.judge(placesOf([proposal], stretches));
        return judged ? { ...judged, votes: votesOf[i] } : [];
      }),
    );
    return {
      tapeFrames: tapeLength(stretches),
      trackCount: stretches.tracks.length,
      counts: looked.flatMap(({ postings: { starts } }) => Array.from(starts.subarray(1), (end, i) => end - starts[i])),
      voted: voted.flat(),
    };
  }

  private async scan(tracks: TrackId[]): Promise<Findings['scan']> {
    const scanned = await this.search.scanned(tracks);
    const found: FoundPlace[] = [];
    for (const place of scanned)
      for (const judged of await this.judge([placeOf(place)])) found.push({ ...judged, fit: place.fit });
    return { found };
  }

  private async speeds(far: number): Promise<Findings['speeds']> {
    const found: FoundPlace[] = [];
    for (const { fit, places } of await this.search.warped(far)) {
      const [best] = (await this.judge(places)).sort(byScore);
      if (best) found.push({ ...best, fit });
    }
    return { found };
  }

  /** Without sounds for which a track must not be named. */
  private async judge(places: Place[]): Promise<Judged[]> {
    const judged: Judged[] = [];
    for (let from = 0; from < places.length; from += PLACES_AT_ONCE) {
      await this.search.turn();
      judged.push(...(await this.search.candidates.judge(places.slice(from, from + PLACES_AT_ONCE))));
    }
    return judged.filter(
      ({ track, evidence, isWarped }) =>
        !this.index.isRefused?.(track, this.search.field, scoreOf(evidence, { isWarped }), USUAL_TONES),
    );
  }
}

/** For each proposal the rows of the clip's hashes that vote for it. */
function votersOf(looked: LookedUp[], proposals: Proposal[]): number[][] {
  const at = new Map<number, number>();
  for (const [i, { cell }] of proposals.entries())
    for (let near = cell - TOLERANCE; near <= cell + TOLERANCE; near++) at.set(near >>> 0, i);
  const voters: number[][] = proposals.map(() => []);
  let firstRow = 0;
  for (const { part, postings, votes } of looked) {
    let vote = 0;
    // In the order of `votesOf`.
    for (let row = 0; row < part.hashes.length; row++) {
      const count = (part.starts[row + 1] - part.starts[row]) * (postings.starts[row + 1] - postings.starts[row]);
      for (const end = vote + count; vote < end; vote++) {
        const proposal = at.get(votes.cells[vote]);
        if (proposal !== undefined) voters[proposal].push(firstRow + row);
      }
    }
    firstRow += part.hashes.length;
  }
  return voters;
}
