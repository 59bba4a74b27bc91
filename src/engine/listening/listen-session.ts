/**
 * A session of listening. In: blocks of sound, through a port or `push`. Out: states, four times a second, and parts of the live
 * spectrogram through another port. Work is queued, so each block is finished before the next.
 */
import { BIN_COUNT, FIRST_BIN, FRAMES_PER_SECOND } from '../../kernel/format.ts';
import type { Analysis } from '../../match/analysis.ts';
import type { Index } from '../../match/index-view.ts';
import type { HeardPart } from '../../match/live/heard-so-far.ts';
import { LiveSearch } from '../../match/live/live-search.ts';
import type { LiveState } from '../../match/live/live-state.ts';
import type { Session, Strip } from '../../sessions/session-model.ts';
import type { Recognition, Track, TrackId } from '../../types.ts';
import { pieceOfClip } from '../clips/matches.ts';
import {
  type Conclusion,
  GIVE_UP_SECONDS,
  type Heard,
  type Listening,
  type ListenOptions,
  type Piece,
  type Played,
} from '../sessions/hearing-model.ts';
import type { SessionRecording } from '../sessions/session-recording.ts';
import { turns } from '../turns.ts';
import { BlockCutter } from './block-cutter.ts';
import { heardOf, withMatch } from './heard-state.ts';
import { ListenAnalysis } from './listen-analysis.ts';
import { ListenQueue } from './listen-queue.ts';

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
  private readonly queue: ListenQueue;
  private readonly cutter: BlockCutter;
  private readonly analysis: ListenAnalysis;
  private readonly live: LiveSearch;
  private readonly pieces = new Map<number, Piece>();
  private isOver = false;
  private hasKept = false;
  /** The session as stored at its end. */
  private ended: Session | undefined;

  constructor(
    private readonly host: ListenHost,
    sampleRate: number,
    private readonly options: ListenOptions,
    private readonly heard: (heard: Heard) => void,
  ) {
    this.queue = new ListenQueue(sampleRate);
    this.cutter = new BlockCutter(sampleRate, options.statesPerSecond);
    this.analysis = new ListenAnalysis(host.kernel, sampleRate, host.recording);
    const sound = { frameRate: FRAMES_PER_SECOND, firstBin: FIRST_BIN, binCount: BIN_COUNT };
    const { giveUpSeconds = GIVE_UP_SECONDS } = options;
    this.live = new LiveSearch(host.index, sound, { ...options, giveUpSeconds, pause: turns() });
  }

  connect(port: MessagePort): void {
    this.queue.connect(port, (samples) => this.take(samples));
  }

  sendPictures(port?: MessagePort): void {
    this.analysis.sendPictures(port);
  }

  push(samples: Float32Array): Promise<void> {
    return this.queue.run(() => this.take(samples, true));
  }

  refuse(track: TrackId): Promise<number> {
    return this.host.refuse(this.live.clip(this.lastFrame), track);
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
    this.queue.close();
    this.analysis.close();
    this.live.stopSearching();
    await this.queue.settled();
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
    this.live.end(this.analysis.finish());
    const clipFrame = this.lastFrame;
    const clip = this.live.clip(clipFrame);
    const clipSeconds = clipFrame / FRAMES_PER_SECOND;
    const recognition = await this.host.judge(clip, this.seconds - clipSeconds, performance.now() - begun);
    const matches = recognition.matches.filter(
      ({ track, offsetSeconds }) => !this.live.isRefused(track.id, offsetSeconds * FRAMES_PER_SECOND, clipFrame),
    );
    const [match] = matches;
    if (match && this.pieces.size === 0) this.keep(pieceOfClip(match, clipSeconds, this.seconds));
    return { ...recognition, matches, clipSeconds };
  }

  async tracks(): Promise<Played[]> {
    const { trackList } = await import('./played-tracks.ts');
    return trackList(this.pieces.values(), this.seconds);
  }

  /** `waits`: whether to finish due searches before taking more sound. */
  private async take(samples: Float32Array, waits = false): Promise<void> {
    for (const block of this.cutter.cut(samples)) {
      if (this.isOver) return;
      await this.hearPart(this.analysis.take(block), waits);
    }
  }

  private async hearPart(part: HeardPart, waits: boolean): Promise<void> {
    if (!waits && (await this.queue.isBehind())) return this.live.take(part);
    await this.tell(await this.live.hear(part));
    const search = this.live.search();
    if (waits && (await search)) await this.tellAgain();
    if (!waits && search) this.tellAfter(search);
  }

  private tellAfter(search: Promise<boolean>): void {
    search.then(
      (isWorthwhile) => isWorthwhile && this.queue.runUnwatched(() => this.tellAgain()),
      (error) => console.error('a search failed', error),
    );
  }

  private async tellAgain(): Promise<void> {
    if (!this.isOver) await this.tell(await this.live.judge());
  }

  private async tell(state: LiveState): Promise<void> {
    const { levelDb, seconds } = this.analysis;
    const { trackOf, index, recording } = this.host;
    const heard = heardOf(state, { levelDb, seconds }, trackOf);
    if (heard.piece) this.keep(heard.piece);
    this.heard(await withMatch(heard, state, trackOf, { live: this.live, index }));
    if (recording) recording.note(await this.tracks(), this.seconds);
  }

  /** Keeps only the latest version of a growing piece. */
  private keep(piece: Piece): void {
    this.pieces.set(piece.number, piece);
  }

  private get seconds(): number {
    return this.analysis.seconds;
  }

  /** The first frame of the last seconds. */
  private get lastFrame(): number {
    return Math.max(0, Math.ceil((this.seconds - LAST_SECONDS) * FRAMES_PER_SECOND));
  }
}
