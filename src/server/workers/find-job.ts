/** The job of a matcher's worker: a round of a search in some shards, which it reads from their folders. */
import { readFile } from 'node:fs/promises';
import { unpackClip } from '../../engine/clip-bytes.ts';
import { byShard } from '../../engine/shards/shard-numbers.ts';
import type { Findings, Round } from '../../match/shards/findings.ts';
import { type FollowedShard, openMirrored } from '../../node/shards/mirrored-shards.ts';
import type { Do } from './do-jobs.ts';

/** How a worker is told which shards to open. */
export const mirrorPlace = (folder: string, shards: readonly number[]): string =>
  `shards:${shards.join(',')}:${folder}`;

const PLACE = /^shards:([\d,]+):(.*)$/s;

export function openMirrors(place: string): Promise<Map<number, FollowedShard>> | undefined {
  const [, shards, folder] = PLACE.exec(place) ?? [];
  if (folder === undefined) return undefined;
  const opened = shards.split(',').map(async (text): Promise<[number, FollowedShard]> => {
    const number = Number(text);
    return [number, await openMirrored(folder, number)];
  });
  return Promise.all(opened).then((all) => new Map(all));
}

export function findIn(opened: ReadonlyMap<number, FollowedShard>): Pick<Do, 'find'> {
  return {
    async find({ path, round, shards, tracks }, { signal }) {
      const clip = await unpackClip(await readFile(path));
      const own = tracks && byShard(tracks, (id) => id);
      const findings: Findings[Round][] = [];
      for (const number of shards) {
        const shard = opened.get(number)?.shard;
        if (shard) findings.push(await shard.find(round, clip, own && (own.get(number) ?? []), signal));
      }
      return { findings };
    },
  };
}
