/** Messages to and from worker processes. Plain data. */
import type { PcmFormat } from '../../audio/formats/pcm-bytes.ts';
import type { Fault } from '../../errors.ts';
import type { Notice } from '../../library/shelf/other-writers.ts';
import type { Round } from '../../match/shards/findings.ts';
import type { FoundAnswer } from '../../node/shards/shard-messages.ts';
import type { Learnt } from '../../types.ts';
import type { ListenEvent, RecognizeAnswer, TrackAnswer, TracklistAnswer } from '../answers.ts';

/** An uploaded file; `bare` if it is raw samples. */
export interface UploadedSound {
  path: string;
  bare?: PcmFormat;
}

export interface JobTypes {
  recognize: { asked: { sound: UploadedSound; top: number; sure?: number; seconds: number }; answer: RecognizeAnswer };
  /** `path`: a file written by `packClip`. */
  peaks: { asked: { path: string; top: number; sure?: number }; answer: RecognizeAnswer };
  tracklist: { asked: { sound: UploadedSound; sure?: number }; answer: TracklistAnswer };
  learn: { asked: { path: string; name: string; limitSeconds?: number }; answer: LearnAnswer };
  /** The sound arrives as messages while the job runs. */
  listen: { asked: { bare?: PcmFormat; sure?: number }; answer: { seconds: number } };
  /** Of a matcher: a round in some of its shards. `path`: a file written by `packQuestion`. */
  find: { asked: { path: string; round: Round; shards: number[] }; answer: FoundAnswer };
}

export type JobKind = keyof JobTypes;
export type WorkerJob = { [K in JobKind]: { kind: K } & JobTypes[K]['asked'] }[JobKind];

/** The result for a file. A cover is sent as bytes. */
export type LearnAnswer =
  | { known: TrackAnswer }
  | { learnt: Omit<Learnt, 'cover'>; cover?: { type: string; bytes: Uint8Array }; endsEarly: boolean };

/** To a worker. `part` is sound for the running job; an empty part ends it. `stop` ends the job without an answer. */
export type ToWorker = { job: WorkerJob } | { part: Uint8Array } | { stop: true } | { notice: Notice; shard?: number };

/** From a worker. `taken`: a part of the sound was processed, and the next may be sent. */
export type FromWorker =
  | { ready: true }
  | { event: ListenEvent }
  | { taken: true }
  | { answer: JobTypes[JobKind]['answer']; rssBytes: number }
  | { fault: Fault; rssBytes: number };

/** Options of a job. */
export interface JobContext {
  /** Cancels the job. */
  signal?: AbortSignal;
  /** Sound of a `listen`. */
  sound?: AsyncIterable<Uint8Array>;
  tell?(event: ListenEvent): void;
}

/** Runs jobs: in a pool of processes, or in this process for tests. */
export interface Workers {
  run<K extends JobKind>(kind: K, asked: JobTypes[K]['asked'], context?: JobContext): Promise<JobTypes[K]['answer']>;
  /** Numbers of running and waiting jobs, and how many may wait. */
  load(): { busy: number; size: number; waiting: number; most: number; isReady: boolean };
  close(): Promise<void>;
}
