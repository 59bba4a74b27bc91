/** What the lab offers to its screen. It lives in a worker of its own and asks the engine itself. */

import type { Report } from '../accuracy/report.ts';
import type { NoiseKind } from '../accuracy/spoil/noises.ts';
import type { Examination } from '../engine/api.ts';
import type { Pcm, TrackId } from '../types.ts';

/** Only the beginning of a longer file is used. */
export const LONGEST_SECONDS = 600;

/** A sound that the lab holds. */
export interface LabSound {
  id: number;
  seconds: number;
}

/** One or two sounds, and what is done to them. */
export interface Mix {
  sounds: { id: number; fromSeconds: number }[];
  seconds: number;
  /** The first sound is louder than the second one by so many dB. */
  ratioDb: number;
  noise?: NoiseKind;
  /** The music is louder than the noise by so many dB. */
  noiseDb: number;
  /** Loudness of the room against the sound itself in dB; undefined: no room. */
  roomDb?: number;
  /** 1.02 is 2 % faster and higher, as on a turntable. */
  speed: number;
  /** 1.06 is a semitone higher at the same tempo. */
  pitch: number;
}

export interface Examined {
  clip: Pcm;
  examination: Examination;
}

export const curveKinds = ['ratio', 'noise', 'seconds'] as const;
export type CurveKind = (typeof curveKinds)[number];

/** Confidence of each track that was asked for, in their order. */
export interface CurvePoint {
  x: number;
  confidences: number[];
}

/** A song of the library with its file. `key` identifies it: its content id. */
export interface TrialSong {
  key: string;
  title: string;
  file: File;
}

/** dejavu's own test: clips of different lengths, cut from random places. */
export interface TrialOptions {
  seconds: number[];
  clips: number;
  seed: number;
  /** Seconds at the beginning and the end of a song from which no clip is taken. */
  padding: number;
  /** Names of conditions: see `accuracy/spoil/conditions.ts`. */
  conditions: string[];
}

export interface TrialProgress {
  done: number;
  total: number;
}

/** One clip and its answer. */
export interface TrialRow {
  condition: string;
  seconds: number;
  title: string;
  fromSeconds: number;
  answer?: string;
  isRight: boolean;
  confidence: number;
  offsetError?: number;
  milliseconds: number;
}

export interface TrialResult {
  report: Report;
  rows: TrialRow[];
  /** Titles of songs whose files could not be read. */
  unread: string[];
}

export interface Lab {
  /** Decodes a file, at most its first LONGEST_SECONDS. */
  load(file: File, tell: (share: number) => void): Promise<LabSound>;
  hold(sound: Pcm): Promise<LabSound>;
  drop(id: number): Promise<void>;
  examine(mix: Mix, signal: AbortSignal): Promise<Examined>;
  /** Tells each point as soon as it is known; resolves when there are no more. */
  curve(
    kind: CurveKind,
    mix: Mix,
    tracks: TrackId[],
    tell: (point: CurvePoint) => void,
    signal: AbortSignal,
  ): Promise<void>;
  trial(
    songs: TrialSong[],
    options: TrialOptions,
    tell: (progress: TrialProgress) => void,
    signal: AbortSignal,
  ): Promise<TrialResult>;
}
