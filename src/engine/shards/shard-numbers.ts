/** The numbers of tracks in a library of several shards: shard x 2^32 + the track's number in its shard. */
import { type Questions, type Round, tracksIn } from '../../match/shards/findings.ts';
import type { TrackId } from '../../types.ts';

const SPAN = 2 ** 32;
/** Track numbers must stay below 2^53. */
export const MOST_SHARD = 2 ** 21 - 1;

export const outsideId = (shard: number, id: TrackId): TrackId => shard * SPAN + id;
export const shardOf = (outside: TrackId): number => Math.floor(outside / SPAN);
export const insideId = (outside: TrackId): TrackId => outside % SPAN;

/** The numbers by the shard that they are in. */
export function byShard<T>(things: readonly T[], idOf: (thing: T) => TrackId): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const thing of things) {
    const shard = shardOf(idOf(thing));
    groups.set(shard, [...(groups.get(shard) ?? []), thing]);
  }
  return groups;
}

/** The shards with the tracks that are asked about; undefined if all are asked. */
export function shardsAsked(question: Questions[Round]): Set<number> | undefined {
  const tracks = tracksIn(question);
  return tracks && new Set(tracks.map(shardOf));
}
