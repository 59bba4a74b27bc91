/**
 * Monitors one stream for days. If the stream ends, stalls or sends junk, connects again, after longer and longer waits. Other stations
 * are not affected.
 */
import type { Engine, Heard, Listening, Piece } from '../../engine/api.ts';
import { faultOf } from '../../node/node-fault.ts';
import type { SoundStream } from '../../node/raw-sound.ts';
import { SettledPlays } from './settled-plays.ts';
import { isoOf, type Play, playedTrack, type StationEvent } from './station-play.ts';

interface StationHost {
  engine: Pick<Engine, 'listen'>;
  open(signal: AbortSignal): Promise<SoundStream>;
  /** Resolves early if the signal aborts. */
  wait(seconds: number, signal: AbortSignal): Promise<void>;
  now(): number;
  played(play: Play): void;
  happened(event: StationEvent): void;
  isWatched(track: Play['track']): boolean;
}

interface StationOptions {
  name: string;
  /** Silence of this length is an alarm. */
  silenceSeconds: number;
  /** Lowest confidence of an answer. */
  sure?: number;
  /** Store sessions in the library. */
  keeps: boolean;
}

const FIRST_WAIT_SECONDS = 1;
const LONGEST_WAIT_SECONDS = 60;
/** A connection that lasted this long was good: the next wait is short again. */
const GOOD_SECONDS = 30;
/** Quieter than any music. */
const SILENCE_DB = -60;
/** A session ends after this time as soon as nothing is playing, so that sessions do not grow without limit. */
const SESSION_SECONDS = 6 * 3600;
/** Nobody waits for an answer: a quarter of what is usual, for a quarter of the work. */
const STATES_PER_SECOND = 1;
/** Interval of checking which plays are over. */
const LOOK_SECONDS = 10;

/** A track that is heard again within this time is the same play. */
const SAME_PLAY_SECONDS = 90;

type Ending = 'ended' | 'full';

export class Station {
  private silentSince: number | undefined;
  private isAlarmed = false;
  /** The track of the watch list that was reported last, and when it was last heard. */
  private watched = { id: 0, at: Number.NEGATIVE_INFINITY };
  /** Seconds of sound over all connections. */
  seconds = 0;

  constructor(
    private readonly host: StationHost,
    private readonly options: StationOptions,
  ) {}

  /** Runs until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    let wait = FIRST_WAIT_SECONDS;
    while (!signal.aborted) {
      const before = this.seconds;
      const why = await this.connection(signal);
      if (signal.aborted) return;
      if (this.seconds - before >= GOOD_SECONDS) wait = FIRST_WAIT_SECONDS;
      this.tell({ event: 'lost', why, retrySeconds: wait });
      await this.host.wait(wait, signal);
      wait = Math.min(LONGEST_WAIT_SECONDS, 2 * wait);
    }
  }

  /** Returns the reason for the end, in words. */
  private async connection(signal: AbortSignal): Promise<string> {
    const ending = new AbortController();
    const both = AbortSignal.any([signal, ending.signal]);
    try {
      const stream = await this.host.open(both);
      this.tell({ event: 'connected' });
      const blocks = stream.blocks[Symbol.asyncIterator]();
      while ((await this.session(stream.sampleRate, blocks, signal)) === 'full');
      return 'The stream ended.';
    } catch (error) {
      return reasonOf(error);
    } finally {
      ending.abort();
    }
  }

  /** One session of the engine for the next hours of the stream. */
  private async session(sampleRate: number, blocks: AsyncIterator<Float32Array>, signal: AbortSignal): Promise<Ending> {
    const { name, sure, keeps } = this.options;
    const beganMs = this.host.now();
    const plays = new SettledPlays(name, beganMs);
    let heard: Heard | undefined;
    const listening = await this.host.engine.listen(
      sampleRate,
      {
        continuous: true,
        otherSpeeds: false,
        statesPerSecond: STATES_PER_SECOND,
        threshold: sure,
        ...(keeps && { record: { source: 'stream' as const, name, began: beganMs, evenIfUnknown: true } }),
      },
      (state) => {
        heard = state;
        this.notice(state, beganMs);
      },
    );
    let looked = 0;
    try {
      for (;;) {
        const { value: block, done } = await blocks.next();
        if (done || signal.aborted) return 'ended';
        await listening.push(block);
        this.seconds += block.length / sampleRate;
        if (!heard || heard.seconds < looked + LOOK_SECONDS) continue;
        looked = heard.seconds;
        this.tellPlays(plays.take(await listening.tracks(), looked));
        if (looked > SESSION_SECONDS && heard.state !== 'found') return 'full';
      }
    } finally {
      await this.finish(listening, plays);
    }
  }

  private async finish(listening: Listening, plays: SettledPlays): Promise<void> {
    await listening.conclude();
    this.tellPlays(plays.take(await listening.tracks(), Infinity));
  }

  private tellPlays(plays: Play[]): void {
    for (const play of plays) this.host.played(play);
  }

  private notice({ seconds, levelDb, piece, state }: Heard, beganMs: number): void {
    const at = beganMs + 1000 * seconds;
    if (levelDb >= SILENCE_DB) {
      if (this.isAlarmed) this.tell({ event: 'sound' }, at);
      this.silentSince = undefined;
      this.isAlarmed = false;
    } else {
      this.silentSince ??= at;
      const silence = (at - this.silentSince) / 1000;
      if (!this.isAlarmed && silence >= this.options.silenceSeconds) {
        this.isAlarmed = true;
        this.tell({ event: 'silent', seconds: Math.round(silence) }, at);
      }
    }
    if (state === 'found' && piece && this.host.isWatched(piece.track)) this.noticeWatched(piece, at);
  }

  /** Reported once, even if it is interrupted by talk for a while. */
  private noticeWatched({ track, confidence }: Piece, at: number): void {
    const isSame = this.watched.id === track.id && at - this.watched.at < 1000 * SAME_PLAY_SECONDS;
    this.watched = { id: track.id, at };
    if (!isSame) this.tell({ event: 'watched', track: playedTrack(track), confidence }, at);
  }

  private tell(
    event: { [E in StationEvent as E['event']]: Omit<E, 'station' | 'at'> }[StationEvent['event']],
    at = this.host.now(),
  ): void {
    this.host.happened({ station: this.options.name, at: isoOf(at), ...event } as StationEvent);
  }
}

/** With ffmpeg's message, which says more about the address; a password in it is removed. */
function reasonOf(error: unknown): string {
  const { message } = faultOf(error);
  const cause = error instanceof Error && typeof error.cause === 'string' ? error.cause : '';
  const [line = ''] = cause.trim().split('\n').slice(-1);
  const detail = line
    .replace(/\/\/[^/@\s]*@/g, '//')
    .replace(/^\[[^\]]*\]\s*/, '')
    .slice(0, 200);
  return detail ? `${message} (${detail})` : message;
}
