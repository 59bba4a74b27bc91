/**
 * The one door: what the page and the command line see of the engine. All plain data, so it means the same across a
 * worker as within Node; callbacks and abort signals are arguments of their own (see `crossing.ts`).
 */

import type { Fault } from '../errors.ts';
import type { BundlePreview } from '../library/bundle/read-bundle.ts';
import type { BundleOptions, Progress } from '../library/bundle/write-bundle.ts';
import type { LibraryStatus } from '../library/library-status.ts';
import type { TrackGroup } from '../library/tracks/track-groups.ts';
import type { TrackPage, TrackQuery } from '../library/tracks/track-search.ts';
import type { LibraryChange } from '../library/writer.ts';
import type { Session, SessionStart, Sessions, Strip } from '../sessions/session-model.ts';
import type { Learnt, Match, Pcm, Recognition, Tags, Track, TrackId } from '../types.ts';

export type { BundlePreview } from '../library/bundle/read-bundle.ts';
export type { BundleOptions, Progress } from '../library/bundle/write-bundle.ts';
export type { LibraryStatus } from '../library/library-status.ts';
export type { TrackGroup } from '../library/tracks/track-groups.ts';
export type { SortKey, TrackPage, TrackQuery } from '../library/tracks/track-search.ts';
export type * from '../sessions/session-model.ts';

/**
 * What there is to know of the library from outside: its tracks or its status changed; it cannot be reached any more; or
 * it cannot be opened yet. The last two say why.
 */
export type EngineChange = LibraryChange | { kind: 'lost' | 'waiting'; fault: Fault };

/** `known`: these very bytes are there already. `similar`: the same recording seems to be there in another file. */
export type Added =
  | { state: 'added'; track: Track }
  | { state: 'known'; track: Track }
  | { state: 'similar'; track: Track; confidence: number };

export interface RecognizeOptions {
  /** Lowest confidence that is an answer; 0..1. Default: see `match/decide.ts`, and `match/live/live-search.ts` for listening live. */
  threshold?: number;
  /** How many other candidates to name. */
  others?: number;
  /** Ask for this track only. */
  only?: TrackId;
  /**
   * Of a long recording that is asked window by window: the number of this window, from 1. The more were asked, the likelier
   * one fits by chance, and the surer an answer must be. Default 1.
   */
  windowsAsked?: number;
}

/** Of whoever wants it kept as a session of the library. */
export interface Recorded {
  /** Keep it as a session that begins like this; see `Listening.session`. */
  record?: SessionStart;
}

/** A state of live listening; one comes four times a second. */
export interface Heard {
  /** Seconds of sound since the session began. */
  seconds: number;
  /** Level of the last quarter second, dBFS (-120 .. 0). */
  levelDb: number;
  /** `found` goes on as long as the answer is followed; `none` comes once after `ListenOptions.giveUpSeconds`. */
  state: 'listening' | 'found' | 'none' | 'silent';
  /** Where the stretch that was judged begins, in seconds since the session began; `match.offsetSeconds` is the place there. */
  clipSeconds: number;
  /** The answer; `positionSeconds` is where in the track the music is now. */
  match?: Match & { positionSeconds: number };
  others: Match[];
  /** The piece that sounds now, growing while it is followed; afterwards the last one, as it ended. */
  piece?: Piece;
}

/** A stretch of what was listened to in which one track was recognised. */
export interface Piece {
  /** Rises by one with each piece of a session; a piece that comes again under its number has grown. */
  number: number;
  track: Track;
  /** Seconds since the session began: the sound that the answer rests on. */
  fromSeconds: number;
  toSeconds: number;
  /** Where in the track it was at `fromSeconds`. */
  trackSeconds: number;
  speed: number;
  /** The surest it was. */
  confidence: number;
}

/** A stretch of what was listened to in which one track plays, from where it begins to where it ends. */
export type Played = Omit<Piece, 'number'>;

/** Seconds without an answer after which listening says so, unless told otherwise. */
export const GIVE_UP_SECONDS = 15;

export interface ListenOptions extends RecognizeOptions, Recorded {
  /** Seconds without an answer after which the state is `none`, once; the session goes on. Default `GIVE_UP_SECONDS`. */
  giveUpSeconds?: number;
  /** Go on after an answer, and start over when the music changes or stops. */
  continuous?: boolean;
  /** Search unknown music at other speeds, too, which costs most. Default: yes. */
  otherSpeeds?: boolean;
}

/** A piece of the live picture, about a quarter second long. Each one continues where the last one ended. */
export interface Picture {
  firstFrame: number;
  /** Prominence map: `BIN_COUNT` bytes a frame, see `kernel/format.ts`. */
  rows: Uint8Array;
  /** Peaks found since the last piece, by frame and bin; some lie in frames of earlier pieces. */
  peakFrames: Uint32Array;
  peakBins: Uint16Array;
}

/** What the end of a session turned out to be. */
export interface Conclusion extends Recognition {
  /** Where the judged clip begins, in seconds since the session began. */
  clipSeconds: number;
}

/** One stream of sound being listened to. */
export interface Listening {
  /** Resolves when the samples are taken in and judged; whoever feeds faster than real time waits for it. */
  push(samples: Float32Array): Promise<void>;
  /** Blocks from an audio worklet arrive here directly, past the page. */
  connect(port: MessagePort): void;
  /**
   * From now on a `Picture` is posted to this port for every block of sound, directly to whoever draws it. Replaces an
   * earlier port; without one, nothing is sent. The port is closed when the session ends.
   */
  sendPictures(port?: MessagePort): void;
  /** What was recognised up to now, one track after the other: pieces, put together and stretched to their tracks' ends. */
  tracks(): Promise<Played[]>;
  /**
   * What was heard up to now, if it is recorded. It is kept as soon as something is recognised, and otherwise only if its
   * `record` says so.
   */
  session(): Promise<Session | undefined>;
  /** The picture of it all, if it is recorded. */
  strip(): Promise<Strip | undefined>;
  /** Ends the session. */
  stop(): Promise<void>;
  /** Ends the session and judges its last seconds as a clip, which become a piece if there is none. */
  conclude(): Promise<Conclusion>;
}

export interface AnalyseOptions extends RecognizeOptions, Recorded {
  /** How long the recording is, as its file says: tells how much is left. */
  expectedSeconds?: number;
}

/** How far the analysis of a recording has come; told about four times a second. */
export interface AnalyseProgress {
  /** Seconds of sound that were searched. */
  seconds: number;
  /** Share that is done, 0..1, and seconds of waiting that are left; undefined when the length is not known. */
  fraction?: number;
  leftSeconds?: number;
  /** Stretches found so far. */
  found: number;
}

/** A recording that is being analysed: much faster than playing it, and with all of it known. */
export interface Analysing {
  /** Resolves when more sound can be taken in. */
  push(samples: Float32Array): Promise<void>;
  /** What is known up to now; the last stretches may still change. */
  session(): Promise<Session>;
  strip(): Promise<Strip>;
  /** The sound is over; `fault` says why it ended early. The session as it is kept, or as it would be. */
  finish(fault?: Fault): Promise<Session>;
  /** Leaves the rest. A session that was kept meanwhile stays. */
  stop(): Promise<void>;
}

/** A tag set to undefined is deleted. */
export interface TrackEdit {
  id: TrackId;
  changes: Partial<Tags> & { enabled?: boolean };
}

export interface Engine {
  /** What was listened to: see `sessions/session-model.ts`. */
  sessions: Sessions;
  status(): Promise<LibraryStatus>;
  /** Exact matches; if there are none, what is nearly so. */
  tracks(query: TrackQuery): Promise<TrackPage>;
  /** Of all tracks that match, whatever `offset` and `limit`. */
  trackIds(query: TrackQuery): Promise<TrackId[]>;
  /** Someone is about to search: makes the first answer as fast as the later ones. */
  prepareSearch(): Promise<void>;
  /** The artists or the albums that there are. */
  groups(by: 'artist' | 'album', search?: string): Promise<TrackGroup[]>;
  track(id: TrackId): Promise<Track | undefined>;
  cover(id: TrackId): Promise<Blob | undefined>;
  /** Peaks of a track for drawing. */
  constellation(id: TrackId): Promise<{ frames: Uint32Array; bins: Uint16Array; frameCount: number } | undefined>;
  /** The track that these very bytes were learnt as. */
  known(contentId: string): Promise<Track | undefined>;
  add(learnt: Learnt, options?: { evenIfSimilar?: boolean }): Promise<Added>;
  edit(id: TrackId, changes: TrackEdit['changes']): Promise<void>;
  /** All of them or none. */
  editMany(edits: TrackEdit[]): Promise<void>;
  /** Takes tracks out; they can be put back with `restore` until the engine closes or `forget` is called. */
  remove(ids: TrackId[]): Promise<void>;
  restore(ids: TrackId[]): Promise<void>;

  recognize(sound: Pcm, options?: RecognizeOptions, signal?: AbortSignal): Promise<Recognition>;
  /** The same for a clip that was analysed elsewhere: `clip` is what `packClip` made of it, see `clip-bytes.ts`. */
  recognizePeaks(clip: Uint8Array, options?: RecognizeOptions, signal?: AbortSignal): Promise<Recognition>;
  listen(sampleRate: number, options: ListenOptions, heard: (heard: Heard) => void): Promise<Listening>;
  /** Finds every track in a recording, from where to where. */
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

  /** Checks every checksum and rebuilds what can be rebuilt from prints. */
  verify(progress?: (p: Progress) => void): Promise<{ repaired: string[]; lost: string[] }>;
  /**
   * Calls back when this or another tab changes the library; returns what ends it. Heard at once, even while the library
   * cannot be opened yet.
   */
  watch(changed: (change: EngineChange) => void): Promise<() => void>;
  close(): Promise<void>;
}
