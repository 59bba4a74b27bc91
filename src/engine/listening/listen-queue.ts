/** The work of a session of listening, one piece after the other: each block of sound is finished before the next. */
import { othersGo } from '../turns.ts';

/**
 * A slow processor falls behind. When more sound than this waits, parts are only collected, so that it catches up; but one of so many
 * parts is judged all the same.
 */
const BEHIND_SECONDS = 0.4;
const JUDGED_AT_LEAST = 4;

export class ListenQueue {
  private last: Promise<unknown> = Promise.resolve();
  private port: MessagePort | undefined;
  /** Samples that came through the port and are not analysed yet. */
  private waiting = 0;
  /** How many parts in a row were not judged. */
  private unjudged = 0;

  constructor(private readonly sampleRate: number) {}

  /** Takes the blocks of sound that come through a port. */
  connect(port: MessagePort, take: (samples: Float32Array) => Promise<void>): void {
    this.port = port;
    port.onmessage = ({ data }: MessageEvent<Float32Array>) => {
      this.waiting += data.length;
      this.runUnwatched(() => {
        this.waiting -= data.length;
        return take(data);
      });
    };
  }

  /** Runs work after all earlier work, even if that failed. */
  run(work: () => Promise<void>): Promise<void> {
    const done = this.last.then(work);
    this.last = done.catch(() => {}); // the caller of `run` gets the error
    return done;
  }

  /** For work that no caller awaits. */
  runUnwatched(work: () => Promise<void>): void {
    this.run(work).catch((error) => console.error('a block of sound was not analysed', error));
  }

  /** Whether to skip judging the newest part. Call it once for each. */
  async isBehind(): Promise<boolean> {
    await othersGo(); // sound that came during the last judgement
    const isBehind = this.waiting > BEHIND_SECONDS * this.sampleRate && this.unjudged < JUDGED_AT_LEAST - 1;
    this.unjudged = isBehind ? this.unjudged + 1 : 0;
    return isBehind;
  }

  /** Takes no more sound from the port. */
  close(): void {
    this.port?.close();
  }

  /** Resolves when the work so far is done. */
  async settled(): Promise<void> {
    await this.last;
  }
}
