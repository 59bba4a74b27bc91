/** The matchers of a front: which shards there are, and which matcher answers for each. */

import type { AskedShards, ShardGroup } from '../../engine/shards/shard-group.ts';
import { UserError } from '../../errors.ts';
import { Matcher } from './matcher.ts';
import { MatcherQuestion } from './matcher-question.ts';

/** How often to look whether each is up. */
const LOOK_MS = 2_000;

interface MatchersOptions {
  addresses: readonly string[];
  token?: string;
  /** The longest that a question may take. */
  waitSeconds: number;
  /** Shards that must answer. Default: those that a matcher had when it was last seen. */
  shards?: readonly number[];
}

export class Matchers implements ShardGroup {
  readonly all: Matcher[];
  private readonly timer: NodeJS.Timeout;
  private turn = 0;

  private constructor(private readonly options: MatchersOptions) {
    this.all = options.addresses.map((address) => new Matcher(address, options.token));
    this.timer = setInterval(() => void this.look(), LOOK_MS);
    this.timer.unref();
  }

  /** Does not wait for matchers that do not answer. */
  static async open(options: MatchersOptions): Promise<Matchers> {
    const matchers = new Matchers(options);
    await matchers.look();
    return matchers;
  }

  ask(signal?: AbortSignal, deadline = performance.now() + 1000 * this.options.waitSeconds): AskedShards {
    const shards = this.shards();
    if (shards.length === 0)
      throw new UserError('AddressUnreachable', `No matcher answers. ${this.troubles().join(' ')}`.trim());
    return new MatcherQuestion(this, shards, deadline, signal);
  }

  /** Those that should answer. */
  shards(): number[] {
    const seen = this.all.flatMap(({ status }) => status?.shards.map(({ number }) => number) ?? []);
    return [...new Set([...(this.options.shards ?? []), ...seen])].sort((a, b) => a - b);
  }

  /** Matchers that have a shard and are up, a different one first each time. */
  replicas(shard: number, except: ReadonlySet<Matcher>): Matcher[] {
    const able = this.all.filter((matcher) => matcher.isUp && matcher.has(shard) && !except.has(matcher));
    const first = this.turn++ % Math.max(1, able.length);
    return [...able.slice(first), ...able.slice(0, first)];
  }

  /** Addresses that were never reached, whose shards are therefore unknown. */
  unknown(): string[] {
    return this.options.shards ? [] : this.all.flatMap(({ status, address }) => (status ? [] : address));
  }

  /** What is wrong, as sentences. */
  troubles(): string[] {
    return this.all.flatMap(({ trouble }) => trouble ?? []);
  }

  async look(): Promise<void> {
    await Promise.all(this.all.map((matcher) => matcher.look()));
  }

  close(): void {
    clearInterval(this.timer);
  }
}
