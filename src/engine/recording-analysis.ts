/** Analyses a recording. In: sound, as fast as it can be decoded. Out: a session. */
import type { Fault } from '../errors.ts';
import type { Session, Strip } from '../sessions/session-model.ts';
import type { AnalyseOptions, AnalyseProgress, Analysing } from './api.ts';
import type { ListenSession } from './listen-session.ts';
import type { SessionRecording } from './session-recording.ts';

const TOLD_EVERY_MS = 250;

export class RecordingAnalysis implements Analysing {
  private readonly begunMs = performance.now();
  private toldMs = 0;
  private seconds = 0;

  constructor(
    private readonly sampleRate: number,
    private readonly options: AnalyseOptions,
    private readonly listening: ListenSession,
    private readonly recording: SessionRecording,
    private readonly progress: (progress: AnalyseProgress) => void,
  ) {}

  async push(samples: Float32Array): Promise<void> {
    await this.listening.push(samples);
    this.seconds += samples.length / this.sampleRate;
    const now = performance.now();
    if (now - this.toldMs < TOLD_EVERY_MS) return;
    this.toldMs = now;
    this.progress(progressOf(this.seconds, this.options.expectedSeconds, now - this.begunMs, this.listening.found));
  }

  async session(): Promise<Session> {
    return this.recording.session(await this.listening.tracks(), this.seconds);
  }

  async strip(): Promise<Strip> {
    return this.recording.strip();
  }

  async finish(fault?: Fault): Promise<Session> {
    await this.listening.conclude();
    return this.recording.end(await this.listening.tracks(), this.seconds, fault);
  }

  stop(): Promise<void> {
    return this.listening.stop();
  }
}

/** Assumes that the rest takes as long per second of sound as what is done. */
export function progressOf(
  seconds: number,
  expected: number | undefined,
  elapsedMs: number,
  found: number,
): AnalyseProgress {
  if (!expected || seconds === 0) return { seconds, found };
  const left = Math.max(0, expected - seconds);
  return {
    seconds,
    found,
    fraction: Math.min(1, seconds / expected),
    leftSeconds: (left * elapsedMs) / seconds / 1000,
  };
}
