/** One shard's part of a search over several: each round by itself, without deciding anything. `merged-search.ts` does that. */
import type { TrackId } from '../../types.ts';
import type { Analysis } from '../analysis.ts';
import type { Index } from '../index-view.ts';
import { byScore, type Judged, placesOf, tapeLength } from '../judge/candidates.ts';
import type { Place } from '../judge/evidence.ts';
import { proposeExactly } from '../propose-exactly.ts';
import { ClipSearch } from '../search.ts';
import { PLACES_AT_ONCE, SCANNED_TRACKS, VOTED_PLACES } from '../search-limits.ts';
import type { SearchOptions } from '../search-model.ts';
import type { ClipRound, Findings, FoundPlace, Questions, Voted } from './findings.ts';

interface Turns {
  signal?: AbortSignal;
  pause?: SearchOptions['pause'];
}

/** How often each of these landmarks occurs in a shard. */
export async function countsIn(index: Index, { hashes }: Questions['counts']): Promise<Findings['counts']> {
  const stretches = index.stretches();
  const { starts } = await index.lookup(Uint32Array.from(hashes));
  return {
    tapeFrames: tapeLength(stretches),
    trackCount: stretches.tracks.length,
    counts: Array.from(starts.subarray(1), (end, i) => end - starts[i]),
  };
}

/** One clip. What a round computes may serve the next one; only one may run at a time. */
export class ShardSearch {
  private readonly search: ClipSearch;
  private readonly turns: Turns;

  constructor(
    analysis: Analysis,
    private readonly index: Index,
    pause?: SearchOptions['pause'],
  ) {
    this.turns = { pause };
    this.search = new ClipSearch(analysis, index, this.turns);
  }

  async run<R extends ClipRound>(round: R, question: Questions[R], signal?: AbortSignal): Promise<Findings[R]> {
    this.turns.signal = signal;
    const rounds: { [K in ClipRound]: (asked: Questions[K]) => Promise<Findings[K]> } = {
      landmarks: ({ weights }) => this.landmarks(Uint8Array.from(weights)),
      likeliest: () => this.search.likeliest(SCANNED_TRACKS),
      scan: ({ tracks }) => this.scan(tracks ?? this.search.tracks),
      tones: ({ far, wanted }) => this.search.tones(far, wanted),
      speeds: ({ far, least }) => this.speeds(far, least),
    };
    return rounds[round](question);
  }

  private async landmarks(weights: Uint8Array): Promise<Findings['landmarks']> {
    const voted: Voted[] = [];
    for (const proposal of await proposeExactly(await this.search.votes(weights), VOTED_PLACES)) {
      const [judged] = await this.judge(placesOf([proposal], this.index.stretches()));
      voted.push({ weight: proposal.weight, judged });
    }
    return { voted };
  }

  private async scan(tracks: TrackId[]): Promise<Findings['scan']> {
    const scanned = await this.search.scanned(tracks);
    const found: FoundPlace[] = [];
    for (const place of scanned)
      for (const judged of await this.judge([place])) found.push({ ...judged, fit: place.fit });
    return { found };
  }

  private async speeds(far: number, least: number): Promise<Findings['speeds']> {
    const found: FoundPlace[] = [];
    for (const { fit, places } of await this.search.warped(far, least)) {
      const [best] = (await this.judge(places)).sort(byScore);
      if (best) found.push({ ...best, fit });
    }
    return { found };
  }

  private async judge(places: Place[]): Promise<Judged[]> {
    const judged: Judged[] = [];
    for (let from = 0; from < places.length; from += PLACES_AT_ONCE) {
      const some = places.slice(from, from + PLACES_AT_ONCE);
      judged.push(...(await this.search.candidates.judge(some, () => this.search.turn())));
    }
    return judged.map((place) => {
      const refused = this.index.refusedSounds?.(place.track) ?? [];
      return refused.length > 0 ? { ...place, mayBeRefused: true } : place;
    });
  }
}
