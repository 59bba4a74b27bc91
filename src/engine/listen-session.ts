/** One stream of sound being listened to: blocks in, four states a second out. */
import { BIN_COUNT, FIRST_BIN, FRAMES_PER_SECOND, KernelStream } from '../kernel/kernel.ts';
import type { Match, Recognition } from '../types.ts';
import { QUERY_RANK } from './analyse.ts';
import type { Engine, Heard, Listening, ListenOptions, Picture, Piece } from './api.ts';

const EVALUATIONS_PER_SECOND = 4;
/** What is looked at: the last so many seconds. */
const WINDOW_SECONDS = 10;
const GIVE_UP_SECONDS = 15;
const SILENCE_DB = -80;

export class ListenSession implements Listening {
  private readonly drawing: KernelStream;
  private readonly recent: Float32Array;
  private readonly quarter: Float32Array;
  private filled = 0;
  private total = 0;
  private piece: Piece | undefined;
  private given = false;
  private queue: Promise<void> = Promise.resolve();
  private port: MessagePort | undefined;

  constructor(
    private readonly engine: Engine,
    kernel: WebAssembly.Module,
    private readonly sampleRate: number,
    private readonly options: ListenOptions,
    private readonly heard: (heard: Heard) => void,
    private readonly picture?: (picture: Picture) => void,
  ) {
    this.drawing = new KernelStream(kernel, { sampleRate, maxRank: QUERY_RANK, map: true });
    this.recent = new Float32Array(Math.round(WINDOW_SECONDS * sampleRate));
    this.quarter = new Float32Array(Math.round(sampleRate / EVALUATIONS_PER_SECOND));
  }

  connect(port: MessagePort): void {
    this.port = port;
    port.onmessage = ({ data }: MessageEvent<Float32Array>) => void this.push(data);
  }

  push(samples: Float32Array): Promise<void> {
    this.queue = this.queue.then(() => this.take(samples));
    return this.queue;
  }

  async stop(): Promise<Recognition> {
    this.port?.close();
    await this.queue;
    return this.judge();
  }

  private async take(samples: Float32Array): Promise<void> {
    for (let from = 0; from < samples.length; ) {
      const part = samples.subarray(from, from + this.quarter.length - this.filled);
      this.quarter.set(part, this.filled);
      this.filled += part.length;
      from += part.length;
      if (this.filled === this.quarter.length) await this.evaluate();
    }
  }

  private async evaluate(): Promise<void> {
    const { quarter, recent, sampleRate } = this;
    this.filled = 0;
    this.total += quarter.length;
    recent.copyWithin(0, quarter.length);
    recent.set(quarter, recent.length - quarter.length);
    this.draw(quarter);
    const seconds = this.total / sampleRate;
    const levelDb = levelOf(quarter);
    const { matches, others } = await this.judge();
    const [match] = matches;
    const windowSeconds = Math.min(seconds, WINDOW_SECONDS);
    if (match) this.note(match, seconds, windowSeconds);
    const givesUp = !match && !this.given && seconds >= (this.options.giveUpSeconds ?? GIVE_UP_SECONDS);
    if (givesUp) this.given = true;
    const state = match ? 'found' : givesUp ? 'none' : levelDb < SILENCE_DB ? 'silent' : 'listening';
    this.heard({
      seconds,
      levelDb,
      state,
      match: match && { ...match, positionSeconds: match.offsetSeconds + windowSeconds * match.speed },
      others,
      piece: this.piece,
    });
  }

  private note(match: Match, seconds: number, windowSeconds: number): void {
    const { track, offsetSeconds, speed, confidence } = match;
    const fromSeconds = seconds - windowSeconds;
    const isSame = this.piece?.track.id === track.id;
    this.piece = isSame
      ? { ...this.piece!, toSeconds: seconds, confidence: Math.max(confidence, this.piece!.confidence) }
      : {
          number: (this.piece?.number ?? 0) + 1,
          track,
          fromSeconds,
          toSeconds: seconds,
          trackSeconds: offsetSeconds,
          speed,
          confidence,
        };
  }

  private judge(): Promise<Recognition> {
    const length = Math.min(this.total, this.recent.length);
    const samples = this.recent.slice(this.recent.length - length);
    return this.engine.recognize({ samples, sampleRate: this.sampleRate }, this.options);
  }

  private draw(samples: Float32Array): void {
    this.drawing.push(samples);
    const { firstFrame, rows } = this.drawing.takeRows();
    const peaks = this.drawing.takePeaks();
    this.picture?.({
      firstFrame,
      framesPerSecond: FRAMES_PER_SECOND,
      firstBin: FIRST_BIN,
      binCount: BIN_COUNT,
      rows,
      peakFrames: peaks.frames,
      peakBins: peaks.bins,
    });
  }
}

function levelOf(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.max(-120, 10 * Math.log10(sum / samples.length + 1e-12));
}
