/** What all routes of the service share. */
import type { Engine } from '../engine/api.ts';
import type { Metrics } from './metrics.ts';
import type { Tokens } from './tokens.ts';
import type { PlaysLog } from './watch/plays-log.ts';
import type { Workers } from './workers/jobs.ts';

export interface Limits {
  /** Bytes of a clip that is to be recognised, and of a recording, a song or a bundle. */
  clipBytes: number;
  recordingBytes: number;
  /** An upload may take so long, and its next part may be waited for so long. */
  uploadSeconds: number;
  idleSeconds: number;
  /** Uploads at once. */
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
  /** What "entendu watch" has written. */
  plays: PlaysLog;
  workers: Workers;
  /** Without, everything is allowed to whoever reaches the service. */
  tokens?: Tokens;
  limits: Limits;
  /** Where uploads lie while they are worked on. */
  folder: string;
  metrics: Metrics;
  /** Pages of these origins may call the service. */
  origins: string[];
  log(what: unknown): void;
  /** Set when the service stops: what is under way is finished, and nothing new is taken. */
  stopping: AbortController;
}
