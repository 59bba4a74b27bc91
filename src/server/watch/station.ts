/**
 * Monitors one stream for days. If the stream ends, stalls or sends junk, connects again, after longer and longer waits. Other stations
 * are not affected. The sound is analysed like a recording, which costs a fraction of live listening; a track is found some seconds
 * after it has begun.
 */
import type { Analysing, Engine, Stretch } from '../../engine/api.ts';
import type { SoundStream } from '../../node/decode/raw-sound.ts';
import { faultOf } from '../../node/system/node-fault.ts';
import { SettledPlays } from './settled-plays.ts';
import { SilenceAlarm } from './silence-alarm.ts';
import { isoOf, type Play, playedTrack, type StationEvent } from './station-play.ts';

interface StationHost {
  engine: Pick<Engine, 'analyse'>;
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
/** A session ends after this time as soon as nothing is playing, and at the latest an hour later, so that sessions do not grow without limit. */
const SESSION_SECONDS = 6 * 3600;
const LONGEST_SESSION_SECONDS = 7 * 3600;
/** Unattended for days: as sure as a recording must be after an hour of unknown sound, in windows of 20 s. */
const WINDOWS_ASKED = 180;
/** Interval of looking at what was found. */
const LOOK_SECONDS = 3;
/** A stretch that ended this long ago does not go on: longer than a block of the analysis. */
const GOES_ON_SECONDS = 15;

/** A track that is heard again within this time is the same play. */
const SAME_PLAY_SECONDS = 90;

type Ending = 'ended' | 'full';

export class Station {
  private readonly silence: SilenceAlarm;
  /** For each track of the watch list that was reported: the end of its last play, in milliseconds since 1970. */
  private readonly watched = new Map<number, number>();
  /** Seconds of sound over all connections. */
  seconds = 0;

  constructor(
    private readonly host: StationHost,
    private readonly options: StationOptions,
  ) {
    this.silence = new SilenceAlarm(options.silenceSeconds);
  }

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
    const analysing = await this.host.engine.analyse(sampleRate, {
      otherSpeeds: false,
      windowsAsked: WINDOWS_ASKED,
      threshold: sure,
      ...(keeps && { record: { source: 'stream' as const, name, began: beganMs, isPictured: false } }),
    });
    let seconds = 0;
    let looked = 0;
    try {
      for (;;) {
        const { value: block, done } = await blocks.next();
        if (done || signal.aborted) return 'ended';
        await analysing.push(block);
        seconds += block.length / sampleRate;
        this.seconds += block.length / sampleRate;
        this.noticeSilence(block, sampleRate, beganMs + 1000 * seconds);
        if (seconds < looked + LOOK_SECONDS) continue;
        looked = seconds;
        const { stretches } = await analysing.session();
        for (const stretch of stretches) this.noticeWatched(stretch, beganMs);
        this.tellPlays(plays.take(stretches, seconds));
        if (isFull(stretches, seconds)) return 'full';
      }
    } finally {
      await this.finish(analysing, plays, beganMs);
    }
  }

  private async finish(analysing: Analysing, plays: SettledPlays, beganMs: number): Promise<void> {
    const { stretches } = await analysing.finish();
    for (const stretch of stretches) this.noticeWatched(stretch, beganMs);
    this.tellPlays(plays.take(stretches, Infinity));
  }

  private tellPlays(plays: Play[]): void {
    for (const play of plays) this.host.played(play);
  }

  private noticeSilence(block: Float32Array, sampleRate: number, at: number): void {
    const news = this.silence.push(block, sampleRate);
    if (news) this.tell(news, at);
  }

  /** Reported once, even if it is interrupted by talk for a while. */
  private noticeWatched({ track, fromSeconds, toSeconds, confidence }: Stretch, beganMs: number): void {
    if (track.id === undefined || !this.host.isWatched(track)) return;
    const before = this.watched.get(track.id) ?? Number.NEGATIVE_INFINITY;
    this.watched.set(track.id, Math.max(before, beganMs + 1000 * toSeconds));
    const isSame = beganMs + 1000 * fromSeconds < before + 1000 * SAME_PLAY_SECONDS;
    if (!isSame) this.tell({ event: 'watched', track: playedTrack(track), confidence }, beganMs + 1000 * fromSeconds);
  }

  private tell(
    event: { [E in StationEvent as E['event']]: Omit<E, 'station' | 'at'> }[StationEvent['event']],
    at = this.host.now(),
  ): void {
    this.host.happened({ station: this.options.name, at: isoOf(at), ...event } as StationEvent);
  }
}

function isFull(stretches: readonly Stretch[], seconds: number): boolean {
  if (seconds < SESSION_SECONDS) return false;
  return seconds > LONGEST_SESSION_SECONDS || stretches.every(({ toSeconds }) => seconds - toSeconds > GOES_ON_SECONDS);
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
