import type { Print, TrackId } from '../types.ts';

/** The places where each asked landmark occurs: those of `hashes[i]` are `positions[starts[i]..starts[i + 1]]`. */
export interface Postings {
  starts: Uint32Array;
  positions: Uint32Array;
}

/**
 * Frames left empty before each stretch of the tape. A clip may begin before its track does; as long as no more than this
 * is looked at in one go (24 s), where it begins still tells the track.
 */
export const GAP_FRAMES = 1024;

/** The tape: every track lies on a stretch of it, and `position = start of the stretch + frame of the track`. */
export interface Stretches {
  /** Ascending, `GAP_FRAMES` or more after the stretch before (the first: after 0). */
  starts: Uint32Array;
  frameCounts: Uint32Array;
  tracks: Uint32Array;
}

/** What matching needs of a library: where landmarks occur, whose places those are, and the prints themselves. */
export interface Index {
  readonly trackCount: number;
  readonly postingCount: number;
  /** `hashes` are ascending and distinct. Places of tracks that are gone or disabled may be among the answer. */
  lookup(hashes: Uint32Array): Promise<Postings>;
  /** Living, enabled tracks only. */
  stretches(): Stretches;
  /** In the order asked; undefined when a track went meanwhile. */
  prints(tracks: TrackId[]): Promise<(Print | undefined)[]>;
}
