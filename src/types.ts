/** The types that all folders share. Read this first. */

/** Mono sound. */
export interface Pcm {
  samples: Float32Array;
  /** Hertz. */
  sampleRate: number;
}

/**
 * Peaks of a spectrogram as columns, ordered by frame, then by bin. A frame is one hop of the kernel; a bin is one frequency of its
 * transform (see `assembly/params.ts`).
 */
export interface Peaks {
  count: number;
  /** Frames since the start of the sound, rounded. */
  frames: Uint32Array;
  /** Bins, rounded. */
  bins: Uint16Array;
  /** Loudness: natural log of the power relative to silence, x 256. */
  levels: Uint16Array;
  /**
   * Rank: how many peaks near it in time are more prominent. A print keeps the peaks with ranks below `PRINT_RANK`; a query keeps
   * more.
   */
  ranks: Uint8Array;
  /** Offset of the true maximum from the rounded frame, in 1/64 frame, -32..32. */
  frameFractions: Int8Array;
  /** Offset of the true maximum from the rounded bin, in 1/64 bin, -32..32. */
  binFractions: Int8Array;
}

export type PeakColumns = Omit<Peaks, 'count'>;

/** The stored peaks of a track, from which landmarks, postings and segments are derived. */
export interface Print {
  /** FORMAT of the kernel that made it. */
  format: number;
  /** Length of the whole sound. */
  frameCount: number;
  count: number;
  frames: Uint32Array;
  bins: Uint16Array;
  /** Loudness in steps of 3.3 dB: 15 is the track's loudest peak, 0 everything below the range. */
  levels: Uint8Array;
}

/** The loudest peaks of a print, packed by `match/sketch/sketch.ts`. */
export type Sketch = Uint16Array<ArrayBuffer>;

/** Where hashes occur: the positions of the i-th hash are positions[starts[i]] to positions[starts[i + 1] - 1] on the tape. */
export interface Postings {
  starts: Uint32Array;
  positions: Uint32Array;
}

/** Number of a track in one library; never reused after the track is removed. */
export type TrackId = number;

/** What users read about a track. */
export interface Tags {
  title: string;
  artist?: string;
  album?: string;
  year?: number;
  trackNumber?: number;
}

/** A track of the library: plain data, without its print. */
export interface Track extends Tags {
  id: TrackId;
  /** Identifies the bytes of the file, in hex; see `audio/content-id.ts`. */
  contentId: string;
  fileName: string;
  seconds: number;
  /** Learnt seconds from the start; less than `seconds` if a limit was set or the file ended early. */
  learntSeconds: number;
  peakCount: number;
  /** Milliseconds since 1970. */
  added: number;
  /** A disabled track is never an answer. */
  enabled: boolean;
  hasCover: boolean;
  /** The number of the catalogue that it came with; see `catalogue/catalogue-model.ts`. */
  catalogue?: number;
}

/** The result of learning a file, before it is added to the library. */
export interface Learnt {
  tags: Tags;
  contentId: string;
  fileName: string;
  seconds: number;
  learntSeconds: number;
  /** A packed print; see `library/FORMAT.md`. */
  print: Uint8Array;
  /** A small picture (WebP, JPEG or PNG). */
  cover?: Blob;
  /** LRC or plain text; see `lyrics/parse-lyrics.ts`. */
  lyrics?: string;
}

/** An answer: a track and a position in it. */
export interface Match {
  track: Track;
  /** Position in the track at which the clip begins, in seconds. */
  offsetSeconds: number;
  /** Other positions at which the track fits as well, because the music repeats itself; the likelier ones first. */
  otherOffsets?: number[];
  /** Probability that the answer is right, 0..1. */
  confidence: number;
  /** Tempo relative to the track: 1.02 is 2 % fast. */
  speed: number;
  /** Pitch relative to the track; equal to `speed` unless only one of them was changed. */
  pitch: number;
  /** Peaks of the track that are visible in the clip, for drawing: frames of the clip, and bins. */
  met?: { frames: Float32Array; bins: Float32Array };
  /** Number of landmarks that agree, which dejavu calls confidence; only set by `recognize`. */
  votes?: number;
}

/** Shards that did not answer, and addresses that were never reached, whose shards are not known. */
export interface Missing {
  shards: number[];
  matchers: string[];
}

/** The result of recognising a clip. */
export interface Recognition {
  /** Sure answers, best first; several if several tracks play at once. Empty: not recognised. */
  matches: Match[];
  /** The next best candidates, below the threshold. */
  others: Match[];
  heardSeconds: number;
  /** Number of distinct landmarks of the clip, for dejavu's format. */
  hashCount: number;
  /** The last step of the search that ran: 1, 2 or 3. */
  step: number;
  /** Of several shards: what was not searched, because it did not answer. Undefined if everything was. */
  missing?: Missing;
  /** `lookupMs`: reading the library; `matchMs`: comparing. */
  timings: { kernelMs: number; lookupMs: number; matchMs: number; totalMs: number };
}
