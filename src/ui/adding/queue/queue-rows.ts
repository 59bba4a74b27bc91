/** What the screen shows of the queue: a row for each file. Changes are published a few times a second at most. */
import type { FaultName } from '../../../errors.ts';
import { Pace } from '../../../learn/pace.ts';
import type { Track } from '../../../types.ts';
import { isFinished } from './imports.ts';

export interface QueueRow {
  id: number;
  name: string;
  /** `lyrics`: a file of lyrics, given to `track`. */
  state: 'waiting' | 'learning' | 'added' | 'known' | 'similar' | 'failed' | 'cancelled' | 'missing' | 'lyrics';
  /** Share of the work that is done, 0..1. */
  share: number;
  /** How many times faster than playing it. */
  factor?: number;
  /** The track that it became, or the one it equals or resembles. */
  track?: Track;
  /** How a similar one resembles it. */
  kind?: 'same' | 'excerpt' | 'contains';
  /** Why it failed; for an added one, that it ended early. */
  fault?: FaultName | 'Unexpected';
}

export interface QueueState {
  rows: QueueRow[];
  isPaused: boolean;
  /** Files that are no sound, left out. */
  skipped: number;
  secondsLeft?: number;
}

const PUBLISH_EVERY_MS = 100;

export class QueueRows {
  readonly #rows = new Map<number, QueueRow>();
  /** Rows of files that have to be chosen again, by name. */
  readonly #missed = new Map<string, number>();
  readonly #pace = new Pace();
  readonly #publishState: (state: QueueState) => void;
  #isPaused = false;
  #skipped = 0;
  #nextId = 1;
  #publishing: ReturnType<typeof setTimeout> | undefined;

  constructor(publish: (state: QueueState) => void) {
    this.#publishState = publish;
  }

  get(id: number): QueueRow | undefined {
    return this.#rows.get(id);
  }

  all(): QueueRow[] {
    return [...this.#rows.values()];
  }

  /** A new row; it replaces the one that says that the file is missing. */
  enter({ name, size }: File): number {
    const id = this.#nextId++;
    const missed = this.#missed.get(name);
    if (missed !== undefined) this.#rows.delete(missed);
    this.#rows.set(id, { id, name, state: 'waiting', share: 0 });
    this.await(id, size);
    return id;
  }

  /** Files of an earlier visit that have to be chosen again. */
  miss(names: Iterable<string>): void {
    for (const name of names) {
      const id = this.#nextId++;
      this.#missed.set(name, id);
      this.#rows.set(id, { id, name, state: 'missing', share: 0 });
    }
    this.publish();
  }

  skip(count = 1): void {
    this.#skipped += count;
    this.publish();
  }

  /** Counts the row's bytes in the estimate of the time left. */
  await(id: number, bytes: number): void {
    this.#pace.expect(id, bytes);
  }

  change(id: number, changes: Partial<QueueRow>): void {
    const row = this.#rows.get(id);
    if (!row) return;
    const changed = { ...row, ...changes };
    this.#rows.set(id, changed);
    if (changed.state !== 'waiting') this.#pace.reach(id, isFinished(changed) ? 1 : changed.share);
    this.publish();
  }

  /** Removes finished rows; returns their ids. */
  clear(): number[] {
    const finished = this.all().filter(isFinished);
    for (const { id } of finished) this.#rows.delete(id);
    this.#skipped = 0;
    this.publish();
    return finished.map(({ id }) => id);
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  pause(isPaused: boolean): void {
    this.#isPaused = isPaused;
    this.#pace.pause(isPaused);
    this.publish();
  }

  /** Nothing is left to do: the next estimate begins anew. */
  rest(): void {
    this.#pace.rest();
    this.publish();
  }

  publish(): void {
    this.#publishing ??= setTimeout(() => {
      this.#publishing = undefined;
      const secondsLeft = this.#isPaused ? undefined : this.#pace.secondsLeft();
      this.#publishState({ rows: this.all(), isPaused: this.#isPaused, skipped: this.#skipped, secondsLeft });
    }, PUBLISH_EVERY_MS);
  }
}
