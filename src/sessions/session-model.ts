/**
 * A session is anything that was listened to: a single answer, an evening, a recording, a video, a stream. It is a timeline: stretches in
 * which a track was heard, and the gaps between them. Plain data, stored by `session-store.ts`.
 */
import type { Fault } from '../errors.ts';
import type { Tags, TrackId } from '../types.ts';

/** Time of creation in milliseconds since 1970, or the next free number. Never reused. */
export type SessionId = number;

/** `recent`: the last seconds of the microphone, before the user asked. `stream`: a radio station or a sound device. */
export const SOURCES = ['microphone', 'tab', 'recent', 'file', 'stream'] as const;
export type SessionSource = (typeof SOURCES)[number];

export interface Session {
  id: SessionId;
  /** When listening, or the analysis of the file, began, in milliseconds since 1970. */
  began: number;
  source: SessionSource;
  /** Name of the file, the tab or the station. */
  name?: string;
  /** Seconds of sound; for a file, how much of it could be read. */
  seconds: number;
  /** Ordered by their beginning. Overlapping stretches were heard at the same time. */
  stretches: Stretch[];
  /** In order, within `seconds`. Empty until gaps have been determined. */
  gaps: Gap[];
  note?: string;
  /** `cut`: the session did not end properly, because the app or the computer stopped; up to a minute is missing. */
  state: 'running' | 'ended' | 'cut';
  /** Why the sound ended early. */
  fault?: Fault;
  hasStrip: boolean;
}

/** The track at the time it was heard. Its tags may have changed since, or it may have been removed. */
export interface StretchTrack extends Tags {
  /** Identifies the track in any library; undefined for one that the user named by hand. */
  contentId?: string;
  /** Seconds. */
  length?: number;
  /** Its number in this library; undefined if the library does not have it. Looked up when the session is read, not stored. */
  id?: TrackId;
}

export interface Stretch {
  /** Number from 1, which identifies the stretch within its session, also while it is corrected in a running session. */
  number: number;
  track: StretchTrack;
  /** In seconds of the session. */
  fromSeconds: number;
  toSeconds: number;
  /** Position in the track at `fromSeconds`. */
  trackSeconds: number;
  /** The highest confidence, 0..1. */
  confidence: number;
  /** 1.02 is 2 % fast. */
  speed: number;
  verdict?: Verdict;
  /** The user moved its edges or named it, so the analysis no longer changes it. */
  isEdited?: boolean;
}

export type Verdict = 'right' | 'wrong';

/** What a gap sounds like. `unclear`: cannot be classified reliably. */
export const GAP_SOUNDS = ['music', 'talk', 'noise', 'silence', 'unclear'] as const;
export type GapSound = (typeof GAP_SOUNDS)[number];

export interface Gap {
  fromSeconds: number;
  toSeconds: number;
  sound: GapSound;
}

/** A picture of the whole session. The duration of a column depends on the length of the session. */
export interface Strip {
  secondsPerColumn: number;
  bands: number;
  columns: number;
  /** Loudness of each column: 0 is -120 dBFS or less, 240 is 0 dBFS. */
  levels: Uint8Array;
  /** `bands` bytes per column, the lowest band first: height of the strongest bin above its surroundings, 0..255. */
  rows: Uint8Array;
}

/** What is known at the beginning of a session. */
export interface SessionStart {
  source: SessionSource;
  name?: string;
  /** Milliseconds since 1970. Default: now. */
  began?: number;
  /** Store it even if nothing is recognised. Analysed recordings are always stored. */
  evenIfUnknown?: boolean;
  /** Keep a picture of the sound, up to 130 kB. Default: yes. */
  isPictured?: boolean;
}

export interface SessionQuery {
  /** Words in titles, artists, albums, names and notes. */
  search?: string;
  /** Only sessions with from <= beginning < below, in milliseconds since 1970. */
  from?: number;
  until?: number;
  sources?: readonly SessionSource[];
  /** Only sessions in which this track was heard. */
  contentId?: string;
  /** Default: all rows. */
  offset?: number;
  limit?: number;
}

/** Newest first. */
export interface SessionPage {
  total: number;
  rows: Session[];
}

/** A session before it is stored. */
export type NewSession = Omit<Session, 'id' | 'hasStrip'> & { id?: SessionId };

/** The sessions of a library, for the page and the command line. */
export interface Sessions {
  list(query?: SessionQuery): Promise<SessionPage>;
  get(id: SessionId): Promise<Session | undefined>;
  strip(id: SessionId): Promise<Strip | undefined>;
  /** Stores a session: a new one without an id, otherwise replacing the one with this id. Without a strip, the old strip stays. */
  save(session: NewSession, strip?: Strip): Promise<Session>;
  /** Removes sessions; they can be restored for an hour. */
  remove(ids: readonly SessionId[]): Promise<void>;
  restore(ids: readonly SessionId[]): Promise<void>;
}
