/** Shards in this process, for one question. All of them answer. */
import type { Analysis } from '../../match/analysis.ts';
import type { Findings, Near, Questions, Round } from '../../match/shards/findings.ts';
import type { ShardSearch } from '../../match/shards/shard-search.ts';
import type { TrackId } from '../../types.ts';
import type { Shard } from './shard.ts';
import type { AskedShards, ShardGroup } from './shard-group.ts';
import { shardOf, shardsAsked } from './shard-numbers.ts';

export class LocalGroup implements ShardGroup {
  constructor(private readonly shards: readonly Shard[]) {}

  ask(signal?: AbortSignal): AskedShards {
    const { shards } = this;
    const searches = new Map<Shard, ShardSearch>();
    const of = (id: TrackId) => shards.find(({ number }) => number === shardOf(id));
    return {
      elapsedMs: 0,
      missing: () => ({ shards: [], matchers: [] }),
      async ask<R extends Round>(round: R, question: Questions[R], clip: Analysis): Promise<Findings[R][]> {
        const wanted = shardsAsked(question);
        const asked = wanted ? shards.filter(({ number }) => wanted.has(number)) : shards;
        const searchOf = (shard: Shard) => {
          const search = searches.get(shard) ?? shard.search(clip);
          searches.set(shard, search);
          return search;
        };
        return Promise.all(asked.map((shard) => shard.find(round, question, searchOf, signal)));
      },
      near: (places: Near[]) => Promise.all(places.map(async (place) => (await of(place.track)?.near([place]))?.[0])),
      tracks: async (ids) => ids.map((id) => of(id)?.track(id)),
    };
  }
}
