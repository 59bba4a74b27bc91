/** The nouns that every room shares. Read this first. */

/** Mono sound. */
export interface Pcm {
  samples: Float32Array;
  /** Hertz. */
  sampleRate: number;
}

/**
 * Peaks of a spectrogram in the order of their frames, then bins; one entry of each array per peak.
 * A frame is one hop of the kernel, a bin one row of its transform (see `assembly/params.ts`).
 */
export interface Peaks {
  count: number;
  /** Whole frames since the start of the sound. */
  frames: Uint32Array;
  /** Whole bins. */
  bins: Uint16Array;
  /** How loud: natural log of power x 256, from silence on. */
  levels: Uint16Array;
  /**
   * How many peaks near it in time stand farther above their neighbouring bins; a print keeps the ranks below
   * `PRINT_RANK`, a query more.
   */
  ranks: Uint8Array;
  /** Where the true maximum lies: offset from the whole frame, 1/64 frame, -32..32. */
  frameFractions: Int8Array;
  /** Offset from the whole bin, 1/64 bin, -32..32. */
  binFractions: Int8Array;
}

/** A track's peaks as they are kept: the truth from which landmarks, postings and segments derive. */
export interface Print {
  /** FORMAT of the kernel that made it. */
  format: number;
  /** Frames that the whole sound spans. */
  frameCount: number;
  count: number;
  frames: Uint32Array;
  bins: Uint16Array;
  /** How loud, coarsened to what the packing keeps: 15 is the track's loudest, each step down 3.3 dB, 0 all below. */
  levels: Uint8Array;
}

/** Where hashes occur: the positions of the i-th hash are positions[starts[i]] to positions[starts[i + 1] - 1] on the tape. */
export interface Postings {
  starts: Uint32Array;
  positions: Uint32Array;
}

/** Number of a track in one library; never used again after the track is gone. */
export type TrackId = number;

/** What a person reads about a track. */
export interface Tags {
  title: string;
  artist?: string;
  album?: string;
  year?: number;
  trackNumber?: number;
}

/** A track as the library lists it: plain data, without its print. */
export interface Track extends Tags {
  id: TrackId;
  /** Identifies the file's bytes: see `audio/content-id.ts`. Hex. */
  contentId: string;
  fileName: string;
  seconds: number;
  /** Seconds from the start that were learnt; less than `seconds` when a limit was set or the file ended early. */
  learntSeconds: number;
  peakCount: number;
  /** Milliseconds since 1970. */
  added: number;
  /** A disabled track is never an answer. */
  enabled: boolean;
  hasCover: boolean;
}

/** What learning a file yields, before the library has seen it. */
export interface Learnt {
  tags: Tags;
  contentId: string;
  fileName: string;
  seconds: number;
  learntSeconds: number;
  /** A packed print: see `library/FORMAT.md`. */
  print: Uint8Array;
  /** A small picture (WebP, JPEG or PNG). */
  cover?: Blob;
}

/** One answer: this track, from this second. */
export interface Match {
  track: Track;
  /** Where in the track the clip begins, in seconds of the track. */
  offsetSeconds: number;
  /** Probability that the answer is right, 0..1. */
  confidence: number;
  /** Tempo at which the clip plays the track: 1.02 is 2 % fast. */
  speed: number;
  /** Pitch at which the clip plays the track; equal to `speed` unless only one of them was changed. */
  pitch: number;
  /** Peaks of the track that were met in the clip, for drawing: frames of the clip and bins. */
  met?: { frames: Float32Array; bins: Float32Array };
  /** How many landmarks agree, in dejavu's terms; only of answers to `recognize`. */
  votes?: number;
}

/** What a clip turned out to be. */
export interface Recognition {
  /** Sure answers, best first; several when several tracks sound at once. Empty: no match. */
  matches: Match[];
  /** Next best candidates, less than sure. */
  others: Match[];
  heardSeconds: number;
  /** Distinct landmarks of the clip, in dejavu's terms. */
  hashCount: number;
  /** Which step of the escalation answered, from 1. */
  step: number;
  /** `lookupMs` is spent reading the library, `matchMs` comparing. */
  timings: { kernelMs: number; lookupMs: number; matchMs: number; totalMs: number };
}
