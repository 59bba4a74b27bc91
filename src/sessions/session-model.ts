/**
 * A session is anything that was listened to: a single answer, an evening, a recording, a video, a stream. It is a timeline: the
 * stretches in which a track was heard, and the gaps between them. Plain data; `session-store.ts` keeps it.
 */
import type { Fault } from '../errors.ts';
import type { Tags, TrackId } from '../types.ts';

/** When it was made, in milliseconds since 1970, or the next free number. Never used again. */
export type SessionId = number;

/** `recent`: the seconds of the microphone before somebody asked. `stream`: a radio station or a sound device. */
export const SOURCES = ['microphone', 'tab', 'recent', 'file', 'stream'] as const;
export type SessionSource = (typeof SOURCES)[number];

export interface Session {
  id: SessionId;
  /** Milliseconds since 1970: when listening, or the analysis of the file, began. */
  began: number;
  source: SessionSource;
  /** Name of the file, the tab or the station. */
  name?: string;
  /** Seconds of sound: of a file, its length or how much of it could be read. */
  seconds: number;
  /** Ordered by their beginning. Two that overlap were heard at once. */
  stretches: Stretch[];
  /** Ordered, within `seconds`. Empty while nobody has looked. */
  gaps: Gap[];
  note?: string;
  /** `cut`: it never ended properly, because the app or the computer stopped; it holds what was known up to its last minute. */
  state: SessionState;
  /** Why the sound ended early. */
  fault?: Fault;
  hasStrip: boolean;
}

export type SessionState = 'running' | 'ended' | 'cut';

/** The track as it was when it was heard: it may have other tags by now, or be gone. */
export interface StretchTrack extends Tags {
  /** Identifies the track in any library; absent for one that a person named by hand. */
  contentId?: string;
  /** Seconds. */
  length?: number;
  /** Its number in this library; absent if it is not there (any more). Found out when the session is read, never kept. */
  id?: TrackId;
}

export interface Stretch {
  /** Tells the stretches of a session apart, also when they are corrected while it is running. From 1. */
  number: number;
  track: StretchTrack;
  /** Seconds of the session. */
  fromSeconds: number;
  toSeconds: number;
  /** Where in the track it is at `fromSeconds`. */
  trackSeconds: number;
  /** The surest it was, 0..1. */
  confidence: number;
  /** 1.02 is 2 % fast. */
  speed: number;
  verdict?: Verdict;
  /** Somebody moved its edges or named it. It is not changed by the analysis any more. */
  isEdited?: boolean;
}

export type Verdict = 'right' | 'wrong';

/** What a gap sounds like. `unclear`: nothing that can be told apart honestly. */
export const GAP_SOUNDS = ['music', 'talk', 'noise', 'silence', 'unclear'] as const;
export type GapSound = (typeof GAP_SOUNDS)[number];

export interface Gap {
  fromSeconds: number;
  toSeconds: number;
  sound: GapSound;
}

/** A picture of the whole session, its columns as long as its length demands. */
export interface Strip {
  secondsPerColumn: number;
  bands: number;
  columns: number;
  /** Loudness of each column: 0 is -120 dBFS or less, 240 is 0 dBFS. */
  levels: Uint8Array;
  /** `bands` bytes a column, the lowest band first: how far the strongest bin stands above its surroundings, 0..255. */
  rows: Uint8Array;
}

/** How a session begins. */
export interface SessionStart {
  source: SessionSource;
  name?: string;
  /** Milliseconds since 1970; now, if not said. */
  began?: number;
  /** Keep it even if nothing is recognised. Of a recording that is analysed, that goes without saying. */
  evenIfUnknown?: boolean;
}

export interface SessionQuery {
  /** Words of titles, artists, albums, names and notes. */
  search?: string;
  /** Sessions that began at or after, and before. Milliseconds since 1970. */
  from?: number;
  until?: number;
  sources?: readonly SessionSource[];
  /** Sessions in which this track was heard. */
  contentId?: string;
  /** Default: no offset, all rows. */
  offset?: number;
  limit?: number;
}

/** Newest first. */
export interface SessionPage {
  total: number;
  rows: Session[];
}

/** What is known of a session before it is kept. */
export type NewSession = Omit<Session, 'id' | 'hasStrip'> & { id?: SessionId };

/** The sessions of a library, as the page and the command line see them. */
export interface Sessions {
  list(query?: SessionQuery): Promise<SessionPage>;
  get(id: SessionId): Promise<Session | undefined>;
  strip(id: SessionId): Promise<Strip | undefined>;
  /** Keeps a session: a new one without an id, else in place of the one with this id. Without a strip the old one stays. */
  save(session: NewSession, strip?: Strip): Promise<Session>;
  /** They can be restored for an hour. */
  remove(ids: readonly SessionId[]): Promise<void>;
  restore(ids: readonly SessionId[]): Promise<void>;
}
