/** One listening session, from the tap to the answer. Knows no screen. */
import type { Session as Kept } from '../../../engine/api.ts';
import type { Pcm, Track, TrackId } from '../../../types.ts';
import type { Cell } from '../../parts/state/cell.ts';
import type { Answered, LiveSource, SessionState } from './listening-state.ts';

export interface ListeningSession {
  state: Cell<SessionState>;
  /** Goes on after an answer. */
  keepsOn: Cell<boolean>;
  /** What runs, or ran last, as it is kept in the library; see `engine.sessions`. */
  kept: Cell<Kept | undefined>;
  /** The one track that is listened for. */
  only: Cell<Track | undefined>;
  /** Starts, and goes on after each answer until it is stopped. */
  keepOn(): Promise<void>;
  start(source: LiveSource, options?: { giveUpSeconds?: number }): Promise<void>;
  /** Ends listening and takes what was heard as it is. */
  stop(): Promise<void>;
  /** Ends listening, whatever was heard, and closes an answer. */
  cancel(): void;
  /** Judges sound that was heard before. */
  judge(sound: Pcm): Promise<void>;
  levelDb(): number;
  /** Never again names this track for what was heard last. The number takes it back: `engine.allow`. */
  refuse(track: TrackId): Promise<number>;
  /** What the session that runs has heard up to now. */
  timeline(): Promise<Kept | undefined>;
  /**
   * `receive` gets a port for the session that runs and for each one that starts: the engine posts its `Picture`s there,
   * past the page. Only the latest `receive` is served. Returns what ends it.
   */
  onPictures(receive: (pictures: MessagePort) => void): () => void;
  onAnswer(keep: (answered: Answered) => void): () => void;
}
