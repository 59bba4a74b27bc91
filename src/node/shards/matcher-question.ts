/**
 * One question to the matchers. Each round asks one matcher for each shard. If it fails, or takes long, another one that has the same
 * shard is asked. A shard without an answer in time counts as missing from then on, and the answer says so.
 */
import { packClip } from '../../engine/clips/clip-bytes.ts';
import type { AskedShards, NearPrint } from '../../engine/shards/shard-group.ts';
import { byShard, shardOf, shardsAsked } from '../../engine/shards/shard-numbers.ts';
import type { Analysis } from '../../match/analysis.ts';
import type { Findings, Near, Questions, Round } from '../../match/shards/findings.ts';
import type { Missing, Track, TrackId } from '../../types.ts';
import type { Matcher } from './matcher.ts';
import type { Matchers } from './matchers.ts';
import { type FoundAnswer, type NearAnswer, nearPrint, packQuestion } from './shard-messages.ts';

/** Another matcher is asked as well after this share of the time that is left. */
const PATIENCE = 1 / 4;
/**
 * The first round takes the matchers next to no time. A shard without an answer within this share of the time is given up, so that time
 * is left for the other shards.
 */
const FIRST_ROUND = 1 / 2;
const JSON_TYPE = 'application/json';

/** Answers, and the shards for which there is none. */
interface MatcherAnswers<T> {
  answers: T[];
  missing: number[];
}

type AskMatcher<T> = (matcher: Matcher, shards: number[], signal: AbortSignal) => Promise<T>;

interface MatcherRequest<T> {
  ask: AskMatcher<T>;
  /** When to give up. */
  end: number;
}

export class MatcherQuestion implements AskedShards {
  elapsedMs = 0;
  /** For measurements. */
  readonly told = { rounds: 0, sentBytes: 0, receivedBytes: 0 };
  private readonly gone = new Set<number>();
  private packed: Promise<Uint8Array> | undefined;

  constructor(
    private readonly matchers: Matchers,
    private readonly shards: readonly number[],
    private readonly deadline: number,
    private readonly signal?: AbortSignal,
  ) {}

  missing(): Missing {
    return { shards: [...this.gone].sort((a, b) => a - b), matchers: this.matchers.unknown() };
  }

  async ask<R extends Round>(round: R, question: Questions[R], clip: Analysis): Promise<Findings[R][]> {
    this.packed ??= packClip(clip);
    const body = packQuestion(question, round === 'counts' ? undefined : await this.packed);
    const wanted = [...(shardsAsked(question) ?? this.shards)];
    const answers = await this.timed(
      wanted,
      async (matcher, shards, signal): Promise<FoundAnswer<R>> => {
        const query = new URLSearchParams({ round, shards: shards.join(',') });
        this.told.sentBytes += body.length;
        return matcher.ask(
          `/v1/shards/find?${query}`,
          { body, type: 'application/octet-stream', received: this.received },
          signal,
        );
      },
      round === 'counts' ? FIRST_ROUND : 1,
    );
    const findings = answers.flatMap((answer) => answer.findings);
    return findings.sort(([a], [b]) => a - b).map(([, found]) => found);
  }

  async near(places: Near[]): Promise<(NearPrint | undefined)[]> {
    const found = new Map<TrackId, NearPrint>();
    const own = byShard(places, ({ track }) => track);
    const answers = await this.timed([...own.keys()], (matcher, shards, signal): Promise<NearAnswer> => {
      const body = JSON.stringify(shards.flatMap((shard) => own.get(shard) ?? []));
      this.told.sentBytes += body.length;
      return matcher.ask('/v1/shards/near', { body, type: JSON_TYPE, received: this.received }, signal);
    });
    for (const row of answers.flat()) {
      const near = nearPrint(row);
      if (near) found.set(near.track.id, near);
    }
    return places.map(({ track }) => found.get(track));
  }

  async tracks(ids: TrackId[]): Promise<(Track | undefined)[]> {
    const wanted = [...new Set(ids.map(shardOf))];
    const answers = await this.timed(wanted, (matcher, shards, signal): Promise<(Track | null)[]> => {
      const body = JSON.stringify(ids.filter((id) => shards.includes(shardOf(id))));
      return matcher.ask('/v1/shards/tracks', { body, type: JSON_TYPE, received: this.received }, signal);
    });
    const found = new Map(answers.flat().flatMap((track): [TrackId, Track][] => (track ? [[track.id, track]] : [])));
    return ids.map((id) => found.get(id));
  }

  private readonly received = (bytes: number) => {
    this.told.receivedBytes += bytes;
  };

  /** `share`: of the time that is left, how much this may take. */
  private async timed<T>(shards: number[], ask: AskMatcher<T>, share = 1): Promise<T[]> {
    const begun = performance.now();
    const end = begun + share * Math.max(0, this.deadline - begun);
    this.told.rounds++;
    const present = shards.filter((shard) => !this.gone.has(shard));
    const { answers, missing } = await this.spread(present, { ask, end }, new Set());
    for (const shard of missing) this.gone.add(shard);
    this.elapsedMs += performance.now() - begun;
    return answers;
  }

  /** Asks a matcher for each shard. */
  private async spread<T>(
    shards: number[],
    request: MatcherRequest<T>,
    tried: ReadonlySet<Matcher>,
  ): Promise<MatcherAnswers<T>> {
    const groups = new Map<Matcher, number[]>();
    const without: number[] = [];
    for (const shard of shards) {
      const [matcher] = this.matchers.replicas(shard, tried);
      if (matcher) groups.set(matcher, [...(groups.get(matcher) ?? []), shard]);
      else without.push(shard);
    }
    const outcomes = await Promise.all([...groups].map(([matcher, own]) => this.attempt(matcher, own, request, tried)));
    return {
      answers: outcomes.flatMap(({ answers }) => answers),
      missing: [...without, ...outcomes.flatMap(({ missing }) => missing)],
    };
  }

  private async attempt<T>(
    matcher: Matcher,
    shards: number[],
    request: MatcherRequest<T>,
    tried: ReadonlySet<Matcher>,
  ): Promise<MatcherAnswers<T>> {
    const { ask, end } = request;
    const leftMs = Math.max(0, end - performance.now());
    const over = new AbortController();
    const timer = setTimeout(() => over.abort(), leftMs);
    const signals = [over.signal, ...(this.signal ? [this.signal] : [])];
    const first = ask(matcher, shards, AbortSignal.any(signals)).then((answer) => ({ answers: [answer], missing: [] }));
    const others = new Set([...tried, matcher]);
    try {
      const hasOthers = shards.every((shard) => this.matchers.replicas(shard, others).length > 0);
      const soon = await within(first, hasOthers ? leftMs * PATIENCE : leftMs);
      if (soon === 'failed') return await this.spread(shards, request, others);
      return soon === 'late' ? await Promise.any([first, this.whole(shards, request, others)]) : soon;
    } catch {
      this.signal?.throwIfAborted();
      return { answers: [], missing: shards };
    } finally {
      clearTimeout(timer);
      over.abort();
    }
  }

  private async whole<T>(
    shards: number[],
    request: MatcherRequest<T>,
    tried: ReadonlySet<Matcher>,
  ): Promise<MatcherAnswers<T>> {
    const outcome = await this.spread(shards, request, tried);
    if (outcome.missing.length > 0) throw new Error('not all shards answered');
    return outcome;
  }
}

async function within<T>(work: Promise<T>, ms: number): Promise<T | 'late' | 'failed'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(resolve, ms, 'late');
  });
  try {
    return await Promise.race([work, late]);
  } catch {
    return 'failed';
  } finally {
    clearTimeout(timer);
  }
}
