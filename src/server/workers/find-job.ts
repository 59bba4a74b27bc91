/** The job of a matcher's worker: a round of a search in some shards, which it reads from their folders. */
import { readFile } from 'node:fs/promises';
import type { Findings, Round } from '../../match/shards/findings.ts';
import { type FollowedShard, openMirrored } from '../../node/shards/mirrored-shards.ts';
import { unpackQuestion } from '../../node/shards/shard-messages.ts';
import type { Do } from './do-jobs.ts';
import { RecentSearches } from './recent-searches.ts';

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
  const recent = new RecentSearches();
  return {
    async find({ path, round, shards }, { signal }) {
      const { question, clip } = unpackQuestion(round, await readFile(path));
      const findings: [number, Findings[Round]][] = [];
      for (const number of shards) {
        const shard = opened.get(number)?.shard;
        if (shard)
          findings.push([number, await shard.find(round, question, (own) => recent.searchOf(own, clip), signal)]);
      }
      return { findings };
    },
  };
}
