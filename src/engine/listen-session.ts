/**
 * A session of listening. In: blocks of sound, through a port or `push`. Out: states, four times a second, and parts of the live
 * spectrogram through another port. Work is queued, so each block is finished before the next.
 */
import { BIN_COUNT, FIRST_BIN, FRAMES_PER_SECOND } from '../kernel/format.ts';
import type { KernelStream } from '../kernel/kernel.ts';
import type { Analysis } from '../match/analysis.ts';
import type { Index } from '../match/index-view.ts';
import type { HeardPart } from '../match/live/heard-so-far.ts';
import { LiveSearch, type LiveState } from '../match/live/live-search.ts';
import type { Session, Strip } from '../sessions/session-model.ts';
import type { Recognition, Track, TrackId } from '../types.ts';
import { openQueryStream, takeShifts } from './analyse.ts';
import {
  type Conclusion,
  GIVE_UP_SECONDS,
  type Heard,
  type Listening,
  type ListenOptions,
  type Piece,
  type Played,
  type SpectrogramPart,
} from './api.ts';
import { matchesOf, pieceOf, pieceOfClip, possible, withHeardPeaks } from './matches.ts';
import type { SessionRecording } from './session-recording.ts';
import { othersGo, turns } from './turns.ts';

const STATES_PER_SECOND = 4;
/**
 * A slow processor falls behind. When more sound than this waits, parts are only collected, so that it catches up; but one of so many
 * parts is judged all the same.
 */
const BEHIND_SECONDS = 0.4;
const JUDGED_AT_LEAST = 4;
/** The first state is sent sooner, to show that the microphone works. */
const FIRST_STATE_SECONDS = 0.1;
/** Below this level, in dBFS, the microphone must be muted; even a quiet room is louder. */
const SILENCE_DB = -80;
/** How much of the sound is judged as a clip when listening ends. */
const LAST_SECONDS = 10;

interface ListenHost {
  kernel: WebAssembly.Module;
  index: Index;
  trackOf(id: TrackId): Track | undefined;
  judge(analysis: Analysis, heardSeconds: number, kernelMs: number): Promise<Recognition>;
  /** Never again names this track for this clip. */
  refuse(clip: Analysis, track: TrackId): Promise<number>;
  /** Stores the session, if requested. */
  recording?: SessionRecording;
  /** Called when the session has ended. */
  ended(session: Listening): void;
}

export class ListenSession implements Listening {
  private readonly stream: KernelStream;
  private readonly live: LiveSearch;
  /** Samples still needed for the next state. */
  private block: Float32Array;
  private filled = 0;
  private levelDb = -120;
  private sampleCount = 0;
  /** Samples that came through the port and are not analysed yet. */
  private waiting = 0;
  /** How many parts in a row were not judged. */
  private unjudged = 0;
  private readonly pieces = new Map<number, Piece>();
  private queue: Promise<unknown> = Promise.resolve();
  private blocks: MessagePort | undefined;
  private pictures: MessagePort | undefined;
  private isOver = false;
  private hasKept = false;
  /** The session as stored at its end. */
  private ended: Session | undefined;

  constructor(
    private readonly host: ListenHost,
    private readonly sampleRate: number,
    private readonly options: ListenOptions,
    private readonly heard: (heard: Heard) => void,
  ) {
    this.stream = openQueryStream(host.kernel, sampleRate);
    const sound = { frameRate: FRAMES_PER_SECOND, firstBin: FIRST_BIN, binCount: BIN_COUNT };
    const { giveUpSeconds = GIVE_UP_SECONDS } = options;
    this.live = new LiveSearch(host.index, sound, { ...options, giveUpSeconds, pause: turns() });
    this.block = new Float32Array(Math.round(sampleRate * FIRST_STATE_SECONDS));
  }

  connect(port: MessagePort): void {
    this.blocks = port;
    port.onmessage = ({ data }: MessageEvent<Float32Array>) => {
      this.waiting += data.length;
      this.enqueueUnwatched(() => {
        this.waiting -= data.length;
        return this.take(data);
      });
    };
  }

  sendPictures(port?: MessagePort): void {
    this.pictures?.close();
    this.pictures = port;
    if (this.isOver) port?.close();
  }

  push(samples: Float32Array): Promise<void> {
    return this.enqueue(() => this.take(samples, true));
  }

  refuse(track: TrackId): Promise<number> {
    const clipFrame = Math.max(0, Math.ceil((this.seconds - LAST_SECONDS) * FRAMES_PER_SECOND));
    return this.host.refuse(this.live.clip(clipFrame), track);
  }

  async session(): Promise<Session | undefined> {
    return this.ended ?? this.host.recording?.session(await this.tracks(), this.seconds);
  }

  async strip(): Promise<Strip | undefined> {
    return this.host.recording?.strip();
  }

  async stop(): Promise<void> {
    await this.silence();
    await this.keepSession();
  }

  async conclude(): Promise<Conclusion> {
    await this.silence();
    const conclusion = await this.judgeEnd();
    await this.keepSession();
    return conclusion;
  }

  /** Refuses further sound and waits for running work. */
  private async silence(): Promise<void> {
    this.isOver = true;
    this.blocks?.close();
    this.pictures?.close();
    this.live.stopSearching();
    await this.queue;
    this.host.ended(this);
  }

  /** Runs once, when the session has ended. */
  private async keepSession(): Promise<void> {
    const { recording } = this.host;
    if (!recording || this.hasKept || !this.options.record) return;
    this.hasKept = true;
    const isWorthwhile = recording.isKept || this.pieces.size > 0 || this.options.record?.evenIfUnknown;
    if (isWorthwhile) this.ended = await recording.end(await this.tracks(), this.seconds);
  }

  private async judgeEnd(): Promise<Conclusion> {
    const begun = performance.now();
    this.stream.finish();
    this.live.end(this.takePart());
    const clipFrame = Math.max(0, Math.ceil((this.seconds - LAST_SECONDS) * FRAMES_PER_SECOND));
    const clip = this.live.clip(clipFrame);
    const clipSeconds = clipFrame / FRAMES_PER_SECOND;
    const recognition = await this.host.judge(clip, this.seconds - clipSeconds, performance.now() - begun);
    const [match] = recognition.matches;
    if (match && this.pieces.size === 0) this.keep(pieceOfClip(match, clipSeconds, this.seconds));
    return { ...recognition, clipSeconds };
  }

  async tracks(): Promise<Played[]> {
    const { trackList } = await import('./played-tracks.ts');
    return trackList(this.pieces.values(), this.seconds);
  }

  /** Runs work after all earlier work, even if that failed. */
  private enqueue(work: () => Promise<void>): Promise<void> {
    const done = this.queue.then(work);
    this.queue = done.catch(() => {}); // the caller of `enqueue` gets the error
    return done;
  }

  /** For work that no caller awaits. */
  private enqueueUnwatched(work: () => Promise<void>): void {
    this.enqueue(work).catch((error) => console.error('a block of sound was not analysed', error));
  }

  /** `waits`: whether to finish due searches before taking more sound. */
  private async take(samples: Float32Array, waits = false): Promise<void> {
    for (let from = 0; from < samples.length && !this.isOver; ) {
      const part = samples.subarray(from, from + this.block.length - this.filled);
      this.block.set(part, this.filled);
      this.filled += part.length;
      from += part.length;
      if (this.filled < this.block.length) continue;
      const { block } = this;
      this.block = new Float32Array(Math.round(this.sampleRate / (this.options.statesPerSecond ?? STATES_PER_SECOND)));
      this.filled = 0;
      await this.hearPart(this.analyse(block), waits);
    }
  }

  private async hearPart(part: HeardPart, waits: boolean): Promise<void> {
    if (!waits && (await this.isBehind())) return this.live.take(part);
    await this.tell(await this.live.hear(part));
    const search = this.live.search();
    if (waits && (await search)) await this.tellAgain();
    if (!waits && search) this.tellAfter(search);
  }

  private async isBehind(): Promise<boolean> {
    await othersGo(); // sound that came during the last judgement
    const isBehind = this.waiting > BEHIND_SECONDS * this.sampleRate && this.unjudged < JUDGED_AT_LEAST - 1;
    this.unjudged = isBehind ? this.unjudged + 1 : 0;
    return isBehind;
  }

  private tellAfter(search: Promise<boolean>): void {
    search.then(
      (isWorthwhile) => isWorthwhile && this.enqueueUnwatched(() => this.tellAgain()),
      (error) => console.error('a search failed', error),
    );
  }

  private analyse(block: Float32Array): HeardPart {
    this.sampleCount += block.length;
    const power = powerOf(block);
    this.levelDb = Math.max(-120, 10 * Math.log10(power + 1e-12));
    this.stream.push(block);
    const part = this.takePart();
    this.host.recording?.hear(part.rows, power, block.length / this.sampleRate);
    this.sendPicture(part);
    return part;
  }

  /** What became final since the last call. */
  private takePart(): HeardPart {
    return { ...this.stream.takeRows(), shifts: takeShifts(this.stream) };
  }

  private sendPicture({ firstFrame, rows, shifts: [peaks] }: HeardPart): void {
    const picture: SpectrogramPart = { firstFrame, rows, peakFrames: peaks.frames, peakBins: peaks.bins };
    this.pictures?.postMessage(picture);
  }

  private async tellAgain(): Promise<void> {
    if (!this.isOver) await this.tell(await this.live.judge());
  }

  private async tell(state: LiveState): Promise<void> {
    this.heard(await this.heardOf(state));
    const { recording } = this.host;
    if (recording) recording.note(await this.tracks(), this.seconds);
  }

  private async heardOf(state: LiveState): Promise<Heard> {
    const { levelDb, seconds } = this;
    const { trackOf } = this.host;
    const [match] = matchesOf(state.match ? [state.match] : [], trackOf, FRAMES_PER_SECOND);
    const piece = state.piece && pieceOf(state.piece, trackOf, FRAMES_PER_SECOND);
    if (piece) this.keep(piece);
    const isSilent = state.state === 'listening' && levelDb < SILENCE_DB;
    const clipSeconds = state.clipFrame / FRAMES_PER_SECOND;
    const heard: Heard = {
      seconds,
      levelDb,
      state: isSilent ? 'silent' : state.state,
      clipSeconds,
      ...(state.also?.length && { also: matchesOf(state.also, trackOf, FRAMES_PER_SECOND) }),
      others: possible(matchesOf(state.others, trackOf, FRAMES_PER_SECOND)),
      piece,
    };
    if (!match) return heard;
    const positionSeconds = match.offsetSeconds + (seconds - clipSeconds) * match.speed;
    const [met] = await withHeardPeaks([match], this.live.clip(state.clipFrame), this.host.index);
    return { ...heard, match: { ...met, positionSeconds } };
  }

  /** Keeps only the latest version of a growing piece. */
  private keep(piece: Piece): void {
    this.pieces.set(piece.number, piece);
  }

  /** Seconds of sound so far. */
  private get seconds(): number {
    return this.sampleCount / this.sampleRate;
  }
}

function powerOf(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return sum / samples.length;
}
