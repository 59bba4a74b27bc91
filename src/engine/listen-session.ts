/** One stream of sound being listened to: blocks in, four states a second out. */
import { BIN_COUNT, FIRST_BIN, FRAMES_PER_SECOND, type KernelStream } from '../kernel/kernel.ts';
import type { Index } from '../match/index-view.ts';
import { LiveSearch, type LiveState } from '../match/live.ts';
import type { Pcm, Recognition, Track, TrackId } from '../types.ts';
import { openStreams } from './analyse.ts';
import { matchesOf, withMetPeaks } from './answer.ts';
import type { Heard, Listening, ListenOptions, Picture, Piece } from './api.ts';

const STATES_PER_SECOND = 4;
/** Quieter than this the microphone hears nothing at all: a mute, not a quiet room. dBFS. */
const SILENCE_DB = -80;
/** Kept for the last word when listening ends. */
const LAST_SECONDS = 10;

export interface SessionHost {
  kernel: WebAssembly.Module;
  index: Index;
  trackOf(id: TrackId): Track | undefined;
  recognize(sound: Pcm): Promise<Recognition>;
}

export class ListenSession implements Listening {
  private readonly streams: KernelStream[];
  private readonly live: LiveSearch;
  /** Gathers the samples up to the next state. */
  private readonly block: Float32Array;
  private filled = 0;
  /** The last seconds, oldest first. */
  private readonly last: Float32Array;
  private sampleCount = 0;
  private queue: Promise<void> = Promise.resolve();
  private port: MessagePort | undefined;

  constructor(
    private readonly host: SessionHost,
    private readonly sampleRate: number,
    options: ListenOptions,
    private readonly heard: (heard: Heard) => void,
    private readonly picture?: (picture: Picture) => void,
  ) {
    this.streams = openStreams(host.kernel, sampleRate);
    const sound = { frameRate: FRAMES_PER_SECOND, firstBin: FIRST_BIN, binCount: BIN_COUNT };
    this.live = new LiveSearch(host.index, sound, options);
    this.block = new Float32Array(Math.round(sampleRate / STATES_PER_SECOND));
    this.last = new Float32Array(Math.round(sampleRate * LAST_SECONDS));
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
    const samples = this.last.slice(this.last.length - Math.min(this.sampleCount, this.last.length));
    return this.host.recognize({ samples, sampleRate: this.sampleRate });
  }

  private async take(samples: Float32Array): Promise<void> {
    for (let from = 0; from < samples.length; ) {
      const part = samples.subarray(from, from + this.block.length - this.filled);
      this.block.set(part, this.filled);
      this.filled += part.length;
      from += part.length;
      if (this.filled === this.block.length) await this.judge();
    }
  }

  private async judge(): Promise<void> {
    const { block, last, streams } = this;
    this.filled = 0;
    this.sampleCount += block.length;
    last.copyWithin(0, block.length);
    last.set(block, last.length - block.length);
    for (const stream of streams) stream.push(block);
    const { firstFrame, rows } = streams[0].takeRows();
    const shifts = streams.map((stream) => stream.takePeaks());
    const [{ frames, bins }] = shifts;
    this.picture?.({
      firstFrame,
      framesPerSecond: FRAMES_PER_SECOND,
      firstBin: FIRST_BIN,
      binCount: BIN_COUNT,
      rows,
      peakFrames: frames,
      peakBins: bins,
    });
    const state = await this.live.hear({ shifts, firstFrame, rows });
    this.heard(await this.told(state, levelOf(block)));
  }

  private async told(state: LiveState, levelDb: number): Promise<Heard> {
    const { trackOf } = this.host;
    const { clipFrame } = state;
    const seconds = this.sampleCount / this.sampleRate;
    const [match] = matchesOf(state.match ? [state.match] : [], trackOf, FRAMES_PER_SECOND);
    const silent = state.state === 'listening' && levelDb < SILENCE_DB;
    const told: Heard = {
      seconds,
      levelDb,
      state: silent ? 'silent' : state.state,
      others: matchesOf(state.others, trackOf, FRAMES_PER_SECOND),
      piece: this.pieceOf(state),
    };
    if (!match) return told;
    const clipSeconds = clipFrame / FRAMES_PER_SECOND;
    const positionSeconds = match.offsetSeconds + (seconds - clipSeconds) * match.speed;
    const [met] = await withMetPeaks([match], this.live.clip(clipFrame), this.host.index);
    return { ...told, match: { ...met, positionSeconds } };
  }

  private pieceOf({ piece }: LiveState): Piece | undefined {
    const track = piece && this.host.trackOf(piece.track);
    return (
      track && {
        number: piece.number,
        track,
        fromSeconds: piece.fromFrame / FRAMES_PER_SECOND,
        toSeconds: piece.toFrame / FRAMES_PER_SECOND,
        trackSeconds: piece.trackFrame / FRAMES_PER_SECOND,
        speed: piece.warp.tempo,
        confidence: piece.confidence,
      }
    );
  }
}

function levelOf(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.max(-120, 10 * Math.log10(sum / samples.length + 1e-12));
}
