/** One stream of sound being listened to: blocks in, four states a second out. */
import { BIN_COUNT, FIRST_BIN, FRAMES_PER_SECOND } from '../kernel/format.ts';
import type { KernelStream } from '../kernel/kernel.ts';
import type { Index } from '../match/index-view.ts';
import { LiveSearch, type LiveState } from '../match/live.ts';
import type { HeardPart } from '../match/recent.ts';
import type { Match, Pcm, Recognition, Track, TrackId } from '../types.ts';
import { openQueryStream, takeShifts } from './analyse.ts';
import { matchesOf, withMetPeaks } from './answer.ts';
import type { Heard, Listening, ListenOptions, Picture, Piece, Played } from './api.ts';
import { trackList } from './track-list.ts';
import { turns } from './turns.ts';

const STATES_PER_SECOND = 4;
/** The first state comes sooner, to show that it hears. */
const FIRST_STATE_SECONDS = 0.1;
/** Quieter than this the microphone hears nothing at all: a mute, not a quiet room. dBFS. */
const SILENCE_DB = -80;
/** Kept for the last word when listening ends. */
const LAST_SECONDS = 10;

export interface SessionHost {
  kernel: WebAssembly.Module;
  index: Index;
  trackOf(id: TrackId): Track | undefined;
  recognize(sound: Pcm): Promise<Recognition>;
  /** Told when the session has ended. */
  ended(session: Listening): void;
}

export class ListenSession implements Listening {
  private readonly stream: KernelStream;
  private readonly live: LiveSearch;
  /** Gathers the samples up to the next state. */
  private block: Float32Array;
  private filled = 0;
  private levelDb = -120;
  /** The last seconds, oldest first. */
  private readonly last: Float32Array;
  private sampleCount = 0;
  private readonly pieces = new Map<number, Piece>();
  private queue: Promise<unknown> = Promise.resolve();
  private port: MessagePort | undefined;
  private isOver = false;

  constructor(
    private readonly host: SessionHost,
    private readonly sampleRate: number,
    options: ListenOptions,
    private readonly heard: (heard: Heard) => void,
    private readonly picture?: (picture: Picture) => void,
  ) {
    this.stream = openQueryStream(host.kernel, sampleRate);
    const sound = { frameRate: FRAMES_PER_SECOND, firstBin: FIRST_BIN, binCount: BIN_COUNT };
    this.live = new LiveSearch(host.index, sound, { ...options, pause: turns() });
    this.block = new Float32Array(Math.round(sampleRate * FIRST_STATE_SECONDS));
    this.last = new Float32Array(Math.round(sampleRate * LAST_SECONDS));
  }

  connect(port: MessagePort): void {
    this.port = port;
    port.onmessage = ({ data }: MessageEvent<Float32Array>) => this.later(() => this.take(data));
  }

  push(samples: Float32Array): Promise<void> {
    return this.enqueue(() => this.take(samples, true));
  }

  async stop(): Promise<void> {
    this.isOver = true;
    this.port?.close();
    this.live.stopSearching();
    await this.queue;
    this.host.ended(this);
  }

  async conclude(): Promise<Recognition> {
    await this.stop();
    const samples = this.last.slice(this.last.length - Math.min(this.sampleCount, this.last.length));
    const clip = await this.host.recognize({ samples, sampleRate: this.sampleRate });
    const [match] = clip.matches;
    if (match && this.pieces.size === 0) this.pieces.set(1, this.pieceOfClip(match, clip.heardSeconds));
    return clip;
  }

  async tracks(): Promise<Played[]> {
    return trackList(this.pieces.values(), this.seconds);
  }

  /** One thing after the other, whatever became of the one before. */
  private enqueue(work: () => Promise<void>): Promise<void> {
    const done = this.queue.then(work);
    this.queue = done.catch(() => {}); // told to whoever asked for it
    return done;
  }

  /** Nobody waits for it. */
  private later(work: () => Promise<void>): void {
    this.enqueue(work).catch((error) => console.error('a moment went unheard', error));
  }

  /** `waits`: what comes after is heard when all that is due is done, however long that takes. */
  private async take(samples: Float32Array, waits = false): Promise<void> {
    for (let from = 0; from < samples.length && !this.isOver; ) {
      const part = samples.subarray(from, from + this.block.length - this.filled);
      this.block.set(part, this.filled);
      this.filled += part.length;
      from += part.length;
      if (this.filled < this.block.length) continue;
      const { block } = this;
      this.block = new Float32Array(Math.round(this.sampleRate / STATES_PER_SECOND));
      this.filled = 0;
      this.levelDb = levelOf(block);
      await this.tell(await this.live.hear(this.heardPart(block)));
      const search = this.live.search();
      if (waits && (await search)) await this.tellAgain();
      if (!waits && search) this.whenSighted(search);
    }
  }

  private whenSighted(search: Promise<boolean>): void {
    search.then(
      (isWorthwhile) => isWorthwhile && this.later(() => this.tellAgain()),
      (error) => console.error('a search failed', error),
    );
  }

  /** What the block is to the kernels; the picture is handed on. */
  private heardPart(block: Float32Array): HeardPart {
    const { last, stream } = this;
    this.sampleCount += block.length;
    last.copyWithin(0, block.length);
    last.set(block, last.length - block.length);
    stream.push(block);
    const { firstFrame, rows } = stream.takeRows();
    const shifts = takeShifts(stream);
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
    return { shifts, firstFrame, rows };
  }

  private async tellAgain(): Promise<void> {
    if (!this.isOver) await this.tell(await this.live.judge());
  }

  private async tell(state: LiveState): Promise<void> {
    this.heard(await this.told(state));
  }

  private async told(state: LiveState): Promise<Heard> {
    const { levelDb } = this;
    const { trackOf } = this.host;
    const { clipFrame } = state;
    const { seconds } = this;
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

  private get seconds(): number {
    return this.sampleCount / this.sampleRate;
  }

  private pieceOf({ piece }: LiveState): Piece | undefined {
    const track = piece && this.host.trackOf(piece.track);
    if (!track) return undefined;
    const { number, confidence, warp } = piece;
    const told = {
      number,
      track,
      fromSeconds: piece.fromFrame / FRAMES_PER_SECOND,
      toSeconds: piece.toFrame / FRAMES_PER_SECOND,
      trackSeconds: piece.trackFrame / FRAMES_PER_SECOND,
      speed: warp.tempo,
      confidence,
    };
    this.pieces.set(number, told);
    return told;
  }

  private pieceOfClip({ track, offsetSeconds, speed, confidence }: Match, clipSeconds: number): Piece {
    const fromSeconds = this.seconds - clipSeconds;
    return {
      number: 1,
      track,
      fromSeconds,
      toSeconds: this.seconds,
      trackSeconds: offsetSeconds,
      speed,
      confidence,
    };
  }
}

function levelOf(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.max(-120, 10 * Math.log10(sum / samples.length + 1e-12));
}
