/** Opens copies of shards (`shard-mirror.ts`) for reading: in the process that keeps them up to date, and in its workers. */
import { join } from 'node:path';
import { openShard, type Shard } from '../../engine/shards/shard.ts';
import { kernelBytes } from '../../kernel/bytes.node.ts';
import { compileKernel } from '../../kernel/kernel.ts';
import type { Notice } from '../../library/shelf/other-writers.ts';
import type { Shelf } from '../../library/shelf/shelf.ts';
import { followWriter } from '../library-news.ts';
import { openLmdb } from '../lmdb/lmdb-shelf.ts';

export const mirrorFolder = (folder: string, shard: number): string => join(folder, `shard-${shard}`);

/** A shard, and the function that passes on what has changed in it. */
export interface FollowedShard {
  shard: Shard;
  hear(notice: Notice): void;
}

/** In a worker: reads the folder. */
export async function openMirrored(folder: string, number: number): Promise<FollowedShard> {
  return openFollowed(await openLmdb(mirrorFolder(folder, number), { readOnly: true }), number);
}

/** In the process that writes the folder. */
export async function openFollowed(shelf: Shelf, number: number): Promise<FollowedShard> {
  const { others, hear } = followWriter();
  const kernel = await compileKernel(kernelBytes());
  return { shard: await openShard({ number, kernel, shelf: readOnly(shelf), others }), hear };
}

/** Whoever opened the shelf closes it. */
const readOnly = (shelf: Shelf): Shelf => ({
  isReadOnly: true,
  damaged: shelf.damaged,
  read: (...asked) => shelf.read(...asked),
  list: (...asked) => shelf.list(...asked),
  keys: (...asked) => shelf.keys(...asked),
  write: async () => {},
  close: async () => {},
});
