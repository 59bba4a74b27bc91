/**
 * One search thread as the engine sees it: which sketches it holds, and the calls to it. A thread that comes to an end, or does not
 * answer for long, is lost: calls that wait for it are rejected, and searches go on without it.
 */
import { transfer } from 'comlink';
import type { Field } from '../../match/field/field.ts';
import type { ElsewherePart, ElsewhereTracks } from '../../match/index-view.ts';
import type { Sketch, TrackId } from '../../types.ts';
import type { SketchHolder } from './sketch-holder.ts';

type Promised<F> = F extends (...given: infer A) => infer R ? (...given: A) => Promise<Awaited<R>> : never;
/** The thread's methods, called from another thread. */
export type RemoteThread = { [K in keyof SketchHolder]: Promised<SketchHolder[K]> };

export interface StartedThread {
  remote: RemoteThread;
  /** Resolves when the thread ends by itself. */
  crashed: Promise<unknown>;
  end(): void;
}

/** A share of 100,000 tracks takes a second; the machine may be busy. */
const PATIENCE_MS = 15_000;

let searches = 0;

export class HeldElsewhere {
  readonly held = new Set<TrackId>();
  isLost = false;
  /** Reject the calls that wait for an answer. */
  private readonly waiting = new Set<(reason: unknown) => void>();
  /** The tracks of the last search, and which of them the thread was told to compare. */
  private asked: TrackId[] = [];
  private positions = new Uint32Array(0);
  private isArranged = false;

  constructor(private readonly thread: StartedThread) {
    void thread.crashed.then((cause) => this.lose(cause));
  }

  /** Copies sketches to the thread. */
  async hold(tracks: TrackId[], sketches: Sketch[]): Promise<void> {
    const lengths = Uint32Array.from(sketches, ({ length }) => length);
    const all = new Uint16Array(lengths.reduce((sum, length) => sum + length, 0));
    let at = 0;
    for (const sketch of sketches) {
      all.set(sketch, at);
      at += sketch.length;
    }
    const batch = { tracks: Uint32Array.from(tracks), lengths, sketches: all };
    await this.ask((thread) => thread.hold(transfer(batch, [all.buffer])));
    for (const track of tracks) this.held.add(track);
    this.isArranged = false;
  }

  /** Which of these tracks the thread compares. */
  among(tracks: TrackId[]): ElsewhereTracks {
    if (!this.isArranged || !isSame(tracks, this.asked)) this.arrange(tracks);
    return { positions: this.positions, compare: (field) => this.compare(field) };
  }

  /** Ends the thread. Calls that wait for it are rejected. */
  lose(cause?: unknown): void {
    if (this.isLost) return;
    this.isLost = true;
    this.thread.end();
    for (const reject of this.waiting) reject(new Error('The search thread came to an end.', { cause }));
  }

  private arrange(tracks: TrackId[]): void {
    const living = new Set(tracks);
    const gone = [...this.held].filter((track) => !living.has(track));
    for (const track of gone) this.held.delete(track);
    if (gone.length > 0) this.tell((thread) => thread.forget(Uint32Array.from(gone)));
    this.positions = Uint32Array.from([...tracks.keys()].filter((i) => this.held.has(tracks[i])));
    this.tell((thread) => thread.arrange(this.positions.map((i) => tracks[i])));
    this.asked = tracks;
    this.isArranged = true;
  }

  private compare(field: Field): ElsewherePart {
    const search = searches++;
    this.tell((thread) => thread.begin(search, field));
    return {
      likeliest: (wanted) => this.ask((thread) => thread.likeliest(search, wanted)),
      tones: (far, wanted) => this.ask((thread) => thread.tones(search, far, wanted)),
      warped: (far, least) => this.ask((thread) => thread.warped(search, far, least)),
      scan: (prints) => this.ask((thread) => thread.scan(search, transfer(prints, [prints.bytes.buffer]))),
      end: () => this.tell((thread) => thread.end(search)),
    };
  }

  /** Without an answer; if the call fails, so do those that follow. */
  private tell(order: (thread: RemoteThread) => Promise<unknown>): void {
    if (!this.isLost) order(this.thread.remote).catch(() => {});
  }

  private async ask<T>(question: (thread: RemoteThread) => Promise<T>): Promise<T> {
    if (this.isLost) throw new Error('The search thread came to an end.');
    let lose: (reason: unknown) => void = () => {};
    const lost = new Promise<never>((_, reject) => (lose = reject));
    this.waiting.add(lose);
    const timer = setTimeout(() => this.lose('silent'), PATIENCE_MS);
    try {
      return await Promise.race([question(this.thread.remote), lost]);
    } finally {
      clearTimeout(timer);
      this.waiting.delete(lose);
    }
  }
}

function isSame(a: TrackId[], b: TrackId[]): boolean {
  return a.length === b.length && a.every((track, i) => track === b[i]);
}
