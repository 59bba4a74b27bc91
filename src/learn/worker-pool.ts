/**
 * A pool of workers (of the page) or threads (of Node). A worker that is silent for too long, or that crashes, is ended and its
 * work rejected with `WorkerLost`; the next work gets a new worker. After each crash in a row, starting one waits longer.
 */
import { PATIENCE_SECONDS, StallTimer } from '../audio/patience.ts';

export interface Started<W> {
  /** Comlink's remote of what the worker exposes, when it is ready. */
  remote: Promise<W>;
  /** Resolves with the cause when the worker ends by itself. */
  crashed: Promise<unknown>;
  end(): void | Promise<void>;
}

/** A worker bounds its waits for decoders itself; this is for one whose event loop is blocked. */
const SILENCE_SECONDS = 1.5 * PATIENCE_SECONDS;

const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 5000;

export class WorkerLost extends Error {
  override readonly name = 'WorkerLost';
  readonly how: 'silent' | 'crashed';

  constructor(how: 'silent' | 'crashed', options?: ErrorOptions) {
    super(how === 'silent' ? 'The worker was silent for too long.' : 'The worker came to an end.', options);
    this.how = how;
  }
}

interface Reports {
  /** The work goes on. */
  alive(): void;
  /** The worker can begin other work, although this one is not finished. */
  free(): void;
}

interface Member<W> extends Started<W> {
  /** Reject the calls that wait for its answer. */
  losers: Set<(reason: unknown) => void>;
  /** Why it was ended. */
  lost?: unknown;
}

export class WorkerPool<W> {
  readonly #start: () => Started<W>;
  readonly #silenceSeconds: number;
  readonly #members = new Set<Member<W>>();
  readonly #idle: Member<W>[] = [];
  #isHeld = false;
  #isClosed = false;
  #crashes = 0;

  constructor(start: () => Started<W>, silenceSeconds = SILENCE_SECONDS) {
    this.#start = start;
    this.#silenceSeconds = silenceSeconds;
  }

  /** Runs `work` on an idle worker or a new one. When the signal aborts, the worker is ended. */
  async use<T>(work: (remote: W, reports: Reports) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const member = this.#idle.pop() ?? (await this.#hire());
    let isFree = false;
    let timer: StallTimer | undefined;
    let lose: (reason: unknown) => void = () => {};
    const lost = new Promise<never>((_, reject) => (lose = reject));
    member.losers.add(lose);
    const free = () => {
      timer?.stop();
      if (isFree) return;
      isFree = true;
      if (this.#members.has(member)) this.#idle.push(member);
    };
    const abort = () => {
      lose(signal?.reason);
      if (!isFree) this.#lose(member, 'crashed');
    };
    signal?.addEventListener('abort', abort, { once: true });
    if (signal?.aborted) abort();
    if (!this.#members.has(member)) lose(member.lost);
    try {
      const remote = await Promise.race([member.remote, lost]);
      timer = new StallTimer(
        this.#silenceSeconds,
        () => this.#lose(member, 'silent'),
        () => this.#isHeld,
      );
      const result = await Promise.race([work(remote, { alive: () => timer?.alive(), free }), lost]);
      this.#crashes = 0;
      return result;
    } finally {
      signal?.removeEventListener('abort', abort);
      member.losers.delete(lose);
      free();
    }
  }

  /** While held, workers may be silent. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
  }

  /** Calls all workers. */
  each(tell: (remote: W) => unknown): void {
    for (const { remote } of this.#members) remote.then(tell).catch(() => {}); // a lost worker is reported by its work
  }

  /** Ends idle workers. */
  rest(): void {
    for (const member of this.#idle.splice(0)) void this.#end(member);
  }

  /** Ends all workers and starts no more; resolves when they are gone. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#members].map((member) => this.#end(member)));
  }

  async #hire(): Promise<Member<W>> {
    if (this.#crashes > 0) {
      const delayMs = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (this.#crashes - 1));
      await new Promise((resolve) => setTimeout(resolve, delayMs));
    }
    if (this.#isClosed) throw new Error('The pool was closed.');
    const member: Member<W> = { ...this.#start(), losers: new Set() };
    this.#members.add(member);
    member.remote.catch((fault) => this.#end(member, fault)); // the call that uses it gets the error
    void member.crashed.then((cause) => this.#members.has(member) && this.#lose(member, 'crashed', cause));
    return member;
  }

  #lose(member: Member<W>, how: WorkerLost['how'], cause?: unknown): void {
    if (cause !== undefined) this.#crashes++;
    void this.#end(member, new WorkerLost(how, { cause }));
  }

  async #end(member: Member<W>, reason: unknown = new WorkerLost('crashed')): Promise<void> {
    this.#members.delete(member);
    const at = this.#idle.indexOf(member);
    if (at >= 0) this.#idle.splice(at, 1);
    member.lost = reason;
    for (const lose of member.losers) lose(reason);
    await member.end();
  }
}
