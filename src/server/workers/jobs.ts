/** What worker processes are asked, and what they answer. All plain data, as it crosses between processes. */
import type { PcmFormat } from '../../audio/formats/pcm-bytes.ts';
import type { Fault } from '../../errors.ts';
import type { Notice } from '../../library/shelf/other-writers.ts';
import type { Learnt } from '../../types.ts';
import type { ListenEvent, RecognizeAnswer, TrackAnswer, TracklistAnswer } from '../answers.ts';

/** A file that was uploaded; `bare` if it is samples without a header. */
export interface Sound {
  path: string;
  bare?: PcmFormat;
}

export interface Jobs {
  recognize: { asked: { sound: Sound; top: number; sure?: number; seconds: number }; answer: RecognizeAnswer };
  /** `path`: a file with what `packClip` made. */
  peaks: { asked: { path: string; top: number; sure?: number }; answer: RecognizeAnswer };
  tracklist: { asked: { sound: Sound; sure?: number }; answer: TracklistAnswer };
  learn: { asked: { path: string; name: string; limitSeconds?: number }; answer: Lesson };
  /** The sound comes as messages while it runs. */
  listen: { asked: { bare?: PcmFormat; sure?: number }; answer: { seconds: number } };
}

export type Kind = keyof Jobs;
export type Job = { [K in Kind]: { kind: K } & Jobs[K]['asked'] }[Kind];

/** What a file turned out to be. A cover crosses as bytes. */
export type Lesson =
  | { known: TrackAnswer }
  | { learnt: Omit<Learnt, 'cover'>; cover?: { type: string; bytes: Uint8Array }; endsEarly: boolean };

/** To a worker. `part` is sound of the job that runs; an empty one ends it. */
export type ToWorker = { job: Job } | { part: Uint8Array } | { notice: Notice };

/** From a worker. `taken`: a part of the sound was taken in, and the next may be sent. */
export type FromWorker =
  | { ready: true }
  | { event: ListenEvent }
  | { taken: true }
  | { answer: Jobs[Kind]['answer']; rssBytes: number }
  | { fault: Fault; rssBytes: number };

/** What goes with a job. */
export interface JobContext {
  /** Ends the job: nobody waits for its answer any more. */
  signal?: AbortSignal;
  /** Sound of a `listen`. */
  sound?: AsyncIterable<Uint8Array>;
  tell?(event: ListenEvent): void;
}

/** Whoever does jobs: a pool of processes, or this process in tests. */
export interface Workers {
  run<K extends Kind>(kind: K, asked: Jobs[K]['asked'], context?: JobContext): Promise<Jobs[K]['answer']>;
  /** Jobs under way and waiting, and how many may wait. */
  load(): { busy: number; size: number; waiting: number; most: number; isReady: boolean };
  close(): Promise<void>;
}
