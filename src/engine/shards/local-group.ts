/** Shards in this process, for one question. All of them answer. */
import type { Near } from '../../match/shards/findings.ts';
import type { TrackId } from '../../types.ts';
import type { Shard } from './shard.ts';
import type { AskedShards, ShardGroup } from './shard-group.ts';
import { byShard, shardOf } from './shard-numbers.ts';

export class LocalGroup implements ShardGroup {
  constructor(private readonly shards: readonly Shard[]) {}

  ask(signal?: AbortSignal): AskedShards {
    const { shards } = this;
    const of = (id: TrackId) => shards.find(({ number }) => number === shardOf(id));
    return {
      elapsedMs: 0,
      missing: () => ({ shards: [], matchers: [] }),
      async ask(round, clip, tracks) {
        const own = tracks && byShard(tracks, (id) => id);
        const asked = own ? shards.filter(({ number }) => own.has(number)) : shards;
        return Promise.all(asked.map((shard) => shard.find(round, clip, own?.get(shard.number), signal)));
      },
      near: (places: Near[]) => Promise.all(places.map(async (place) => (await of(place.track)?.near([place]))?.[0])),
      tracks: async (ids) => ids.map((id) => of(id)?.track(id)),
    };
  }
}
