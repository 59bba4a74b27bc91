/** Analyses a recording. In: sound, as fast as it can be decoded. Out: a session. */
import type { Fault } from '../../errors.ts';
import { BIN_COUNT, FIRST_BIN, FRAMES_PER_SECOND, HOP_SAMPLES, WINDOW_SAMPLES } from '../../kernel/format.ts';
import type { KernelStream } from '../../kernel/kernel.ts';
import type { Index } from '../../match/index-view.ts';
import { RecordingSearch } from '../../match/recording/recording-search.ts';
import type { Session, Strip } from '../../sessions/session-model.ts';
import type { Track, TrackId } from '../../types.ts';
import { openRecordingStream } from '../clips/analyse.ts';
import { turns } from '../turns.ts';
import type { AnalyseOptions, AnalyseProgress, Analysing, Played } from './hearing-model.ts';
import type { SessionRecording } from './session-recording.ts';

const TOLD_EVERY_MS = 250;
/** Amount of sound processed at once. */
const STEP_SECONDS = 0.25;
/** Half a window, in frames: a frame stands for the middle of its window. */
const MIDDLE_FRAMES = WINDOW_SAMPLES / HOP_SAMPLES / 2;

interface AnalysisHost {
  kernel: WebAssembly.Module;
  index: Index;
  trackOf(id: TrackId): Track | undefined;
  recording: SessionRecording;
  progress(progress: AnalyseProgress): void;
  /** Called when it has ended. */
  ended(analysis: RecordingAnalysis): void;
}

export class RecordingAnalysis implements Analysing {
  private readonly begunMs = performance.now();
  private readonly stream: KernelStream;
  private readonly search: RecordingSearch;
  private readonly stopping = new AbortController();
  private toldMs = 0;
  private sampleCount = 0;
  private queue: Promise<unknown> = Promise.resolve();
  private ended: Promise<Session> | undefined;

  constructor(
    private readonly host: AnalysisHost,
    private readonly sampleRate: number,
    private readonly options: AnalyseOptions,
  ) {
    this.stream = openRecordingStream(host.kernel, sampleRate);
    const sound = { frameRate: FRAMES_PER_SECOND, firstBin: FIRST_BIN, binCount: BIN_COUNT };
    const { threshold, only, otherSpeeds, windowsAsked } = options;
    this.search = new RecordingSearch(host.index, sound, {
      ...{ threshold, only, otherSpeeds, windowsAsked, pause: turns() },
      signal: this.stopping.signal,
    });
  }

  push(samples: Float32Array): Promise<void> {
    const done = this.queue.then(() => this.take(samples));
    this.queue = done.catch(() => {}); // the caller sees the error
    return done;
  }

  async session(): Promise<Session> {
    // If the end could not be stored, what was found is still there.
    const ended = await this.ended?.catch(() => undefined);
    return ended ?? this.host.recording.session(this.played(), this.seconds);
  }

  async strip(): Promise<Strip | undefined> {
    return this.host.recording.strip();
  }

  finish(fault?: Fault): Promise<Session> {
    this.ended ??= this.conclude(fault);
    return this.ended;
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.queue;
    this.host.ended(this);
  }

  private async conclude(fault: Fault | undefined): Promise<Session> {
    await this.queue;
    this.stream.finish();
    const { rows, ...part } = this.takePart();
    this.host.recording.hear(rows, 0, 0);
    await this.search.end({ ...part, rows });
    const session = await this.host.recording.end(this.played(), this.seconds, fault);
    this.host.ended(this);
    return session;
  }

  private async take(samples: Float32Array): Promise<void> {
    const step = Math.round(this.sampleRate * STEP_SECONDS);
    for (let at = 0; at < samples.length && !this.stopping.signal.aborted; at += step) {
      const block = samples.subarray(at, at + step);
      this.sampleCount += block.length;
      this.stream.push(block);
      const part = this.takePart();
      this.host.recording.hear(part.rows, powerOf(block), block.length / this.sampleRate);
      await this.search.hear(part);
      this.tell();
    }
  }

  private takePart() {
    return { ...this.stream.takeRows(), shifts: [this.stream.takePeaks()] };
  }

  private tell(): void {
    const now = performance.now();
    if (now - this.toldMs < TOLD_EVERY_MS) return;
    this.toldMs = now;
    const played = this.played();
    this.host.progress(progressOf(this.seconds, this.options.expectedSeconds, now - this.begunMs, played.length));
    this.host.recording.note(played, this.seconds);
  }

  /** Stretches of tracks that were removed meanwhile are left out. */
  private played(): Played[] {
    return this.search.stretches().flatMap(({ track: id, fromFrame, toFrame, trackFrame, warp, confidence }) => {
      const track = this.host.trackOf(id);
      if (!track) return [];
      const secondsAt = (frame: number) =>
        frame === 0 ? 0 : Math.min(this.seconds, (frame + MIDDLE_FRAMES) / FRAMES_PER_SECOND);
      const [fromSeconds, toSeconds] = [secondsAt(fromFrame), secondsAt(toFrame)];
      const trackSeconds = trackFrame / FRAMES_PER_SECOND + (fromSeconds - fromFrame / FRAMES_PER_SECOND) * warp.tempo;
      return { track, fromSeconds, toSeconds, trackSeconds, speed: warp.tempo, confidence };
    });
  }

  private get seconds(): number {
    return this.sampleCount / this.sampleRate;
  }
}

/** Assumes that the rest takes as long per second of sound as what is done. */
function progressOf(seconds: number, expected: number | undefined, elapsedMs: number, found: number): AnalyseProgress {
  if (!expected || seconds === 0) return { seconds, found };
  const left = Math.max(0, expected - seconds);
  return {
    seconds,
    found,
    fraction: Math.min(1, seconds / expected),
    leftSeconds: (left * elapsedMs) / seconds / 1000,
  };
}

/** Of every fourth sample, which is accurate enough for a picture and for telling silence. */
function powerOf(samples: Float32Array): number {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < samples.length; i += 4, count++) sum += samples[i] * samples[i];
  return sum / Math.max(1, count);
}
