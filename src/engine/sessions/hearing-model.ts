/** Sound that is listened to, live or in a recording: what can be asked, and what is heard, as screens and commands see it. */
import type { Fault } from '../../errors.ts';
import type { Session, SessionStart, Strip } from '../../sessions/session-model.ts';
import type { Match, Recognition, Track, TrackId } from '../../types.ts';
import type { RecognizeOptions } from '../clips/recognize-options.ts';

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
