/**
 * The searches of the clips that a worker was asked about last. The rounds of a question come one after the other; what one round has
 * computed (the field, prints, sums of tones) serves the next. Another worker computes it again, with the same result.
 */
import { unpackClip } from '../../engine/clips/clip-bytes.ts';
import type { Shard } from '../../engine/shards/shard.ts';
import type { ShardSearch } from '../../match/shards/shard-search.ts';

/** Each takes some megabytes, plus 64 bytes for each track of the shards in the last rounds. */
const KEPT = 4;

interface Recent {
  clip: Uint8Array;
  analysis: Awaited<ReturnType<typeof unpackClip>>;
  searches: Map<Shard, ShardSearch>;
}

export class RecentSearches {
  /** The last one first. */
  private recent: Recent[] = [];

  async searchOf(shard: Shard, clip: Uint8Array): Promise<ShardSearch> {
    const { searches, analysis } = await this.of(clip);
    const search = searches.get(shard) ?? shard.search(analysis);
    searches.set(shard, search);
    return search;
  }

  private async of(clip: Uint8Array): Promise<Recent> {
    const isSame = (one: Recent) => Buffer.compare(one.clip, clip) === 0;
    const found = this.recent.find(isSame) ?? { clip, analysis: await unpackClip(clip), searches: new Map() };
    this.recent = [found, ...this.recent.filter((one) => one !== found)].slice(0, KEPT);
    return found;
  }
}
