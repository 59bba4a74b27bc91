/**
 * The interface of the engine, for the page and the command line. Everything is plain data, so it works the same across a worker
 * boundary and within Node. Callbacks and abort signals are separate arguments (see `crossing.ts`).
 */

import type { Catalogues } from '../catalogue/catalogue-model.ts';
import type { Fault } from '../errors.ts';
import type { BundlePreview } from '../library/bundle/read-bundle.ts';
import type { BundleOptions, Progress } from '../library/bundle/write-bundle.ts';
import type { LibraryStatus } from '../library/health/library-status.ts';
import type { TrackGroup } from '../library/tracks/track-groups.ts';
import type { TrackPage, TrackQuery } from '../library/tracks/track-search.ts';
import type { LibraryChange } from '../library/writer.ts';
import type { Session, SessionStart, Sessions, Strip } from '../sessions/session-model.ts';
import type { Learnt, Match, Pcm, Recognition, Tags, Track, TrackId } from '../types.ts';
import type { Duplicate } from './duplicates/find-duplicates.ts';
import type { Examination } from './examine/examination.ts';

export type * from '../catalogue/catalogue-model.ts';
export type { BundlePreview } from '../library/bundle/read-bundle.ts';
export type { BundleOptions, Progress } from '../library/bundle/write-bundle.ts';
export type { LibraryStatus } from '../library/health/library-status.ts';
export type { TrackGroup } from '../library/tracks/track-groups.ts';
export type { SortKey, TrackPage, TrackQuery } from '../library/tracks/track-search.ts';
export type * from '../sessions/session-model.ts';
export type { Duplicate } from './duplicates/find-duplicates.ts';
export type { SharedStretch } from './duplicates/shared-stretches.ts';
export type * from './examine/examination.ts';

/**
 * Events of the library: its tracks or its status changed; it became inaccessible; or it cannot be opened yet. The last two say why.
 */
export type EngineChange = LibraryChange | { kind: 'lost' | 'waiting'; fault: Fault };

/**
 * `known`: the library already has these bytes. `similar`: it seems to have the same recording from another file (`same`), or
 * one that contains the new one (`excerpt`) or is contained in it (`contains`).
 */
export type Added =
  | { state: 'added'; track: Track }
  | { state: 'known'; track: Track }
  | { state: 'similar'; track: Track; confidence: number; kind?: 'same' | 'excerpt' | 'contains' };

export interface RecognizeOptions {
  /** Lowest confidence of an answer, 0..1. Default: see `match/judge/decide.ts`, and `match/live/live-threshold.ts` for live listening. */
  threshold?: number;
  /** How many other candidates to return. */
  others?: number;
  /** Search for this track only. */
  only?: TrackId;
  /**
   * The number of this window, from 1, when a long recording is searched in windows. With more windows, chance fits are more
   * likely, so an answer needs more evidence. Default 1.
   */
  windowsAsked?: number;
  /**
   * Of several shards on other machines: when to answer with what there is, as `performance.now()` tells time. One library always
   * answers in full.
   */
  deadline?: number;
}

/** Options for callers that want a session stored in the library. */
interface Recorded {
  /** The beginning of the session to store; see `Listening.session`. */
  record?: SessionStart;
}

/** A state of live listening, sent four times a second. */
export interface Heard {
  /** Seconds of sound since the session began. */
  seconds: number;
  /** Level of the last quarter second, dBFS (-120 .. 0). */
  levelDb: number;
  /** `found` as long as the track is followed; `none` once, after `ListenOptions.giveUpSeconds`. */
  state: 'listening' | 'found' | 'none' | 'silent';
  /** Start of the judged sound, in seconds since the session began; `match.offsetSeconds` is the position in the track then. */
  clipSeconds: number;
  /** The answer; `positionSeconds` is the current position in the track. */
  match?: Match & { positionSeconds: number };
  /** Tracks that play together with `match`. */
  also?: Match[];
  /** Other tracks that are possible, best first. */
  others: Match[];
  /** The current piece, which grows while it is followed; otherwise the last one. */
  piece?: Piece;
}

/** A part of the session in which one track was recognised. */
export interface Piece {
  /** 1, 2, 3 ... within a session. A piece with the same number as an earlier one replaces it: it has grown. */
  number: number;
  track: Track;
  /** The recognised sound, in seconds since the session began. */
  fromSeconds: number;
  toSeconds: number;
  /** Position in the track at `fromSeconds`. */
  trackSeconds: number;
  speed: number;
  /** The highest confidence so far. */
  confidence: number;
}

/** A part of the session in which one track plays, from its beginning to its end. */
export type Played = Omit<Piece, 'number'>;

/** Confidence from which an answer is called certain. */
export const CERTAIN = 0.99;
const LIKELY = 0.9;

export function surenessOf(confidence: number): 'certain' | 'likely' | 'perhaps' {
  if (confidence >= CERTAIN) return 'certain';
  return confidence >= LIKELY ? 'likely' : 'perhaps';
}

/** Default number of seconds without an answer after which listening reports `none`. */
export const GIVE_UP_SECONDS = 15;

export interface ListenOptions extends RecognizeOptions, Recorded {
  /** After this many seconds without an answer, one state is `none`; the session continues. Default `GIVE_UP_SECONDS`. */
  giveUpSeconds?: number;
  /** Continue after an answer, and start over when the music changes or stops. */
  continuous?: boolean;
  /** Search unknown music at other speeds, too, which costs most. Default: yes. */
  otherSpeeds?: boolean;
  /** How often what was heard is judged; fewer cost less, and answers come later. Default 4. */
  statesPerSecond?: number;
}

/** Part of the live spectrogram, about a quarter second long. Each continues where the previous one ended. */
export interface SpectrogramPart {
  firstFrame: number;
  /** Prominence map: `BIN_COUNT` bytes per frame, see `kernel/format.ts`. */
  rows: Uint8Array;
  /** Peaks found since the previous part, by frame and bin; some are in frames of earlier parts. */
  peakFrames: Uint32Array;
  peakBins: Uint16Array;
}

/** The result for the end of a session. */
export interface Conclusion extends Recognition {
  /** Start of the judged clip, in seconds since the session began. */
  clipSeconds: number;
}

/** A session: one stream of sound that is being listened to. */
export interface Listening {
  /** Resolves when the samples have been analysed and judged. Callers that send faster than real time must wait for it. */
  push(samples: Float32Array): Promise<void>;
  /** Receives blocks from an audio worklet directly, without the page. */
  connect(port: MessagePort): void;
  /**
   * Posts a `SpectrogramPart` to this port for every block of sound from now on. Replaces an earlier port; without a port, nothing is sent.
   * The port is closed when the session ends.
   */
  sendPictures(port?: MessagePort): void;
  /** The tracks recognised so far, in order: pieces of the same track joined and extended to the track's beginning and end. */
  tracks(): Promise<Played[]>;
  /** Never again names this track for what was heard last, also when the session has ended: see `Engine.refuse`. */
  refuse(track: TrackId): Promise<number>;
  /**
   * The session so far, if it is recorded. It is stored as soon as something is recognised, and otherwise only if `record` says so.
   */
  session(): Promise<Session | undefined>;
  /** The picture of the session so far, if it is recorded. */
  strip(): Promise<Strip | undefined>;
  /** Ends the session. */
  stop(): Promise<void>;
  /** Ends the session and judges its last seconds as a clip. If there was no piece, an answer becomes one. */
  conclude(): Promise<Conclusion>;
}

export interface AnalyseOptions extends RecognizeOptions, Recorded {
  /** Length of the recording according to its file; needed to estimate what is left. */
  expectedSeconds?: number;
  /** Search unknown music at other speeds, too, which costs most. Default: yes. */
  otherSpeeds?: boolean;
}

/** Progress of the analysis of a recording, reported about four times a second. */
export interface AnalyseProgress {
  /** Seconds of sound analysed so far. */
  seconds: number;
  /** Share that is done, 0..1, and estimated seconds of waiting; undefined if the length is unknown. */
  fraction?: number;
  leftSeconds?: number;
  /** Number of stretches found so far. */
  found: number;
}

/** An analysis of a recording: much faster than playing it, and with later sound taken into account. */
export interface Analysing {
  /** Takes samples; resolves when it can take more. */
  push(samples: Float32Array): Promise<void>;
  /** The session so far; the last stretches may still change. */
  session(): Promise<Session>;
  strip(): Promise<Strip | undefined>;
  /** Call at the end of the sound; `fault` says why it ended early. Returns the final session, stored or not. */
  finish(fault?: Fault): Promise<Session>;
  /** Stops the analysis. If the session has been stored already, it stays. */
  stop(): Promise<void>;
}

/** A tag set to undefined is deleted. */
export interface TrackEdit {
  id: TrackId;
  changes: Partial<Tags> & { enabled?: boolean; added?: number };
}

export interface Engine {
  /** The stored sessions; see `sessions/session-model.ts`. */
  sessions: Sessions;
  /** The published catalogues that this library subscribes to. */
  catalogues: Catalogues;
  status(): Promise<LibraryStatus>;
  /** Exact matches; if there are none, similar ones. */
  tracks(query: TrackQuery): Promise<TrackPage>;
  /** Of all tracks that match, whatever `offset` and `limit`. */
  trackIds(query: TrackQuery): Promise<TrackId[]>;
  /** Someone is about to search: makes the first answer as fast as the later ones. */
  prepareSearch(): Promise<void>;
  /** All artists or all albums. */
  groups(by: 'artist' | 'album', search?: string): Promise<TrackGroup[]>;
  track(id: TrackId): Promise<Track | undefined>;
  cover(id: TrackId): Promise<Blob | undefined>;
  /** Replaces the cover of a track, a small picture, or removes it. */
  setCover(id: TrackId, cover: Blob | undefined): Promise<void>;
  /** The lyrics of a track, LRC or plain: see `lyrics/parse-lyrics.ts`. */
  lyrics(id: TrackId): Promise<string | undefined>;
  /** Replaces the lyrics of a track, or removes them. */
  setLyrics(id: TrackId, text: string | undefined): Promise<void>;
  /** The peaks of a track, for drawing. */
  constellation(id: TrackId): Promise<{ frames: Uint32Array; bins: Uint16Array; frameCount: number } | undefined>;
  /** The track that was learnt from these bytes. */
  known(contentId: string): Promise<Track | undefined>;
  add(learnt: Learnt, options?: { evenIfSimilar?: boolean }): Promise<Added>;
  edit(id: TrackId, changes: TrackEdit['changes']): Promise<void>;
  /** All of them or none. */
  editMany(edits: TrackEdit[]): Promise<void>;
  /** Removes tracks; `restore` brings them back until the engine closes or `forget` is called. */
  remove(ids: TrackId[]): Promise<void>;
  restore(ids: TrackId[]): Promise<void>;

  /** Never again names this track for this sound, at most half a minute of it. The number takes it back: see `allow`. */
  refuse(sound: Pcm, track: TrackId): Promise<number>;
  allow(refusal: number): Promise<void>;

  recognize(sound: Pcm, options?: RecognizeOptions, signal?: AbortSignal): Promise<Recognition>;
  /** The same for a clip that was analysed elsewhere: `clip` is what `packClip` made of it, see `clip-bytes.ts`. */
  recognizePeaks(clip: Uint8Array, options?: RecognizeOptions, signal?: AbortSignal): Promise<Recognition>;
  /** Recognises a clip and says what led to the answer; for the lab. */
  examine(sound: Pcm, options?: { threshold?: number }, signal?: AbortSignal): Promise<Examination>;
  listen(sampleRate: number, options: ListenOptions, heard: (heard: Heard) => void): Promise<Listening>;
  /** Finds all tracks in a recording, with their times. */
  analyse(
    sampleRate: number,
    options?: AnalyseOptions,
    progress?: (progress: AnalyseProgress) => void,
  ): Promise<Analysing>;

  exportBundle(
    options: BundleOptions,
    write: (bytes: Uint8Array) => Promise<void>,
    progress?: (p: Progress) => void,
  ): Promise<void>;
  previewBundle(bundle: Blob): Promise<BundlePreview>;
  importBundle(
    bundle: Blob,
    mode: 'merge' | 'replace',
    progress?: (p: Progress) => void,
    signal?: AbortSignal,
  ): Promise<{ added: number; known: number }>;

  /** Pairs of tracks that share sound, over the whole library, the most similar first. */
  findDuplicates(progress?: (p: Progress) => void, signal?: AbortSignal): Promise<Duplicate[]>;
  /** The user wants to keep both: `findDuplicates` never again returns this pair. */
  keepPair(track: TrackId, other: TrackId): Promise<void>;

  /** Checks every checksum and repairs what can be rebuilt from prints. */
  verify(progress?: (p: Progress) => void): Promise<{ repaired: string[]; lost: string[] }>;
  /**
   * Calls back when this or another tab changes the library; returns a function that unsubscribes. Takes effect at once, even
   * before the library is open.
   */
  watch(changed: (change: EngineChange) => void): Promise<() => void>;
  close(): Promise<void>;
}
