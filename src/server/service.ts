/** The state that all routes share. */
import type { Engine } from '../engine/api.ts';
import type { Matchers } from '../node/shards/matchers.ts';
import type { Metrics } from './metrics.ts';
import type { Tokens } from './tokens.ts';
import type { PlaysLog } from './watch/plays-log.ts';
import type { Workers } from './workers/jobs.ts';

export interface Limits {
  /** Maximum size in bytes of a clip, and of a recording, a song or a bundle. */
  clipBytes: number;
  recordingBytes: number;
  /** Timeouts of an upload, and of its next part. */
  uploadSeconds: number;
  idleSeconds: number;
  /** Maximum number of uploads at once. */
  uploads: number;
}

export const LIMITS: Limits = {
  clipBytes: 64 * 2 ** 20,
  recordingBytes: 2 ** 30,
  uploadSeconds: 600,
  idleSeconds: 20,
  uploads: 64,
};

export interface Service {
  library: Engine;
  /** Of a front: it only recognises. */
  matchers?: Matchers;
  /** Output folder of "entendu watch". */
  plays: PlaysLog;
  workers: Workers;
  /** Undefined: everything is allowed to everyone who can reach the service. */
  tokens?: Tokens;
  limits: Limits;
  /** Folder of uploads while they are processed. */
  folder: string;
  metrics: Metrics;
  /** Pages of these origins may call the service. */
  origins: string[];
  log(what: unknown): void;
  /** Set when the service stops: running requests are finished, and new ones are refused. */
  stopping: AbortController;
}
