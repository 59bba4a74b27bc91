/** One matcher, as a front knows it: its address, its shards, and whether it answers. */
import { KERNEL_FORMAT } from '../../kernel/format.ts';
import { type MatcherStatus, PROTOCOL } from './shard-messages.ts';

const STATUS_MS = 1_500;

/** It answered, but not what was asked for. */
class MatcherRefusal extends Error {
  override readonly name = 'MatcherRefusal';
}

export class Matcher {
  /** What it said last; undefined if it was never reached. */
  status: MatcherStatus | undefined;
  /** Whether it answered when it was last asked how it is. */
  isUp = false;
  /** Why it cannot be used, as a sentence. */
  trouble: string | undefined;

  constructor(
    readonly address: string,
    private readonly token: string | undefined,
  ) {}

  has(shard: number): boolean {
    return this.status?.shards.some(({ number }) => number === shard) ?? false;
  }

  /** Asks how it is. */
  async look(): Promise<void> {
    try {
      const status = await this.ask<MatcherStatus>('/v1/shards', {}, AbortSignal.timeout(STATUS_MS));
      this.trouble = troubleWith(this.address, status);
      this.isUp = this.trouble === undefined;
      if (this.isUp) this.status = status;
    } catch (error) {
      this.isUp = false;
      const why = error instanceof MatcherRefusal ? error.message : 'It does not answer.';
      this.trouble = `${this.address}: ${why}`;
    }
  }

  /** Calls `received` with the number of bytes of the answer. */
  async ask<T>(
    path: string,
    { body, type, received }: { body?: BodyInit; type?: string; received?(bytes: number): void },
    signal: AbortSignal,
  ): Promise<T> {
    const headers = new Headers(this.token ? { Authorization: `Bearer ${this.token}` } : {});
    if (type) headers.set('Content-Type', type);
    const response = await fetch(this.address + path, { method: body ? 'POST' : 'GET', body, headers, signal });
    if (response.ok) {
      const text = await response.text();
      received?.(text.length);
      return JSON.parse(text);
    }
    const { detail } = (await response.json().catch(() => ({}))) as { detail?: string };
    throw new MatcherRefusal(detail ?? `It answered ${response.status}.`);
  }
}

function troubleWith(address: string, { protocol, kernelFormat }: MatcherStatus): string | undefined {
  if (protocol === PROTOCOL && kernelFormat === KERNEL_FORMAT) return undefined;
  return `${address}: It is of another version. Update Entendu on all machines.`;
}
