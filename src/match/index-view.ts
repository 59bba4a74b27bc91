import type { Postings, Print, TrackId } from '../types.ts';
import type { Field } from './field/field.ts';
import type { Fitting } from './judge/refused.ts';
import type { SketchPart } from './sketch/sketch-part.ts';

/**
 * Empty frames before each stretch of the tape. A clip may begin before its track does. As long as clips are no longer than this gap
 * (24 s), the position at which a clip begins still identifies the track.
 */
export const GAP_FRAMES = 1024;

/** The tape: each track lies on a stretch of it, and position = start of the stretch + frame of the track. */
export interface Stretches {
  /** Ascending; each is at least `GAP_FRAMES` after the end of the previous stretch (the first: after 0). */
  starts: Uint32Array;
  frameCounts: Uint32Array;
  tracks: Uint32Array;
}

/** Tracks whose sketches another thread holds and compares. */
export interface ElsewhereTracks {
  /** Indices of the list that was asked about, ascending. */
  positions: Uint32Array;
  compare(field: Field): ElsewherePart;
}

/** Prints as they are stored, one after the other. */
export interface PackedPrints {
  lengths: Uint32Array;
  bytes: Uint8Array<ArrayBuffer>;
}

/** Places in some prints: columns of the number of the print, the frame of it at which the clip would begin, and how well it fits. */
export interface PlacesInPrints {
  at: Uint32Array;
  starts: Int32Array;
  fits: Float64Array;
}

/** Compares prints with a clip at every frame on another thread. */
export interface PrintComparer {
  /** The best places. */
  scan(prints: PackedPrints): Promise<PlacesInPrints>;
}

export interface ElsewherePart extends SketchPart, PrintComparer {
  /** The comparison is over, or its result is not needed any more. */
  end(): void;
}

/** What matching needs from a library. */
export interface Index {
  /** `hashes` are ascending and distinct. Positions of removed or disabled tracks may be included. */
  lookup(hashes: Uint32Array): Promise<Postings>;
  /** The stretches of all enabled tracks. */
  stretches(): Stretches;
  /** In the order of `tracks`; undefined if a track was removed meanwhile. */
  prints(tracks: TrackId[]): Promise<(Print | undefined)[]>;
  /** The same as they are stored, for another thread; a damaged one is undefined. */
  packedPrints(tracks: TrackId[]): Promise<(Uint8Array | undefined)[]>;
  /** In the order of `tracks`: their sketches (`sketch.ts`). */
  sketches(tracks: TrackId[]): Promise<(Uint16Array | undefined)[]>;
  /** Which of these tracks, in the order of the tape, other threads compare; see `sketch-search.ts`. */
  elsewhere?(tracks: TrackId[]): Promise<ElsewhereTracks[]>;
  /** Whether a clip holds a sound for which this track must not be named: see `refused.ts`. */
  isRefused?(track: TrackId, where: Fitting, field: Field): boolean;
  /** The sounds for which that is asked, so that it can be asked elsewhere. */
  refusedSounds?(track: TrackId): readonly Print[];
}
