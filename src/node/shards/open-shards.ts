/** Opens several shards of a database as one library: `postgres://host/music?shards=0-3`. */
import type { Engine } from '../../engine/api.ts';
import { openShard, type Shard } from '../../engine/shards/shard.ts';
import { openShardedEngine } from '../../engine/shards/sharded-engine.ts';
import { withShard } from '../postgres/postgres-address.ts';
import { openPostgres } from '../postgres/postgres-shelf.ts';

/** Held while a track is added to any shard. It lies with shard 0, which need not be open. */
const LOCK = 'all shards';

export async function openShards(
  place: string,
  numbers: readonly number[],
  kernel: WebAssembly.Module,
  readOnly = false,
): Promise<Engine> {
  const guard = await openPostgres(withShard(place, 0), { readOnly });
  const shards: Shard[] = [];
  const close = async () => {
    await Promise.all(shards.map(({ engine }) => engine.close()));
    guard.others.close();
    await guard.shelf.close();
  };
  try {
    for (const number of numbers) {
      const { shelf, others } = await openPostgres(withShard(place, number), { readOnly });
      others.needAlso(guard.others);
      shards.push(await openShard({ number, kernel, shelf, others }));
    }
  } catch (error) {
    await close();
    throw error;
  }
  const exclusive = <T>(work: () => Promise<T>) => guard.others.exclusive(LOCK, work);
  return { ...openShardedEngine(shards, { kernel, exclusive }), close };
}
