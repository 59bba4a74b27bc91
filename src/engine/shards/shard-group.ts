/** Several shards as one question asks them: those in this process, or matchers over the network. */
import type { Near, NearPart, Shards } from '../../match/shards/findings.ts';
import type { Missing, Track, TrackId } from '../../types.ts';

/** A part of a print, and its track. */
export interface NearPrint extends NearPart {
  track: Track;
}

/** For one question. */
export interface AskedShards extends Omit<Shards, 'printsNear'> {
  near(places: Near[]): Promise<(NearPrint | undefined)[]>;
  tracks(ids: TrackId[]): Promise<(Track | undefined)[]>;
  /** What did not answer so far. */
  missing(): Missing;
  /** Time spent waiting for them. */
  readonly elapsedMs: number;
}

export interface ShardGroup {
  /** `deadline`: when to answer with what there is, as `performance.now()` tells time. */
  ask(signal?: AbortSignal, deadline?: number): AskedShards;
}
