/**
 * Starts a matcher: copies shards of a database to the local disk, follows what changes, and searches them for fronts. It never writes
 * to the database.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Shard } from '../../engine/shards/shard.ts';
import { openShardedEngine } from '../../engine/shards/sharded-engine.ts';
import { kernelBytes } from '../../kernel/bytes.node.ts';
import { compileKernel } from '../../kernel/kernel.ts';
import type { Notice } from '../../library/shelf/other-writers.ts';
import { withShard } from '../../node/postgres/postgres-address.ts';
import { type FollowedShard, mirrorFolder, openFollowed } from '../../node/shards/mirrored-shards.ts';
import { ShardMirror } from '../../node/shards/shard-mirror.ts';
import { createMatcherApp } from '../http/http-app.ts';
import { type RunningService, serveHttp } from '../http-server.ts';
import { createMetrics } from '../metrics.ts';
import { LIMITS, type Service } from '../service.ts';
import { JOB_SECONDS, type ServiceOptions } from '../start-service.ts';
import { PlaysLog } from '../watch/plays-log.ts';
import { mirrorPlace } from '../workers/find-job.ts';
import { ProcessPool } from '../workers/process-pool.ts';
import { LatePool } from './late-pool.ts';

export interface MatcherService extends Service {
  /** Those that are complete, by number. */
  shards: Map<number, Shard>;
}

interface MatcherOptions extends ServiceOptions {
  shards: number[];
  /** Where the copies are. */
  mirror: string;
}

export async function startMatcher(options: MatcherOptions): Promise<RunningService<MatcherService>> {
  const { shards: numbers, mirror } = options;
  mkdirSync(mirror, { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), 'entendu-match-'));
  const workers = new LatePool(options.workers);
  const shards = new Map<number, Shard>();
  const kernel = await compileKernel(kernelBytes());
  const service: MatcherService = {
    shards,
    library: openShardedEngine([], { kernel, exclusive: (work) => work() }),
    plays: new PlaysLog(options.plays),
    workers,
    tokens: options.tokens,
    limits: { ...LIMITS, ...options.limits },
    folder,
    metrics: createMetrics(workers, () => service.library.status()),
    origins: options.origins,
    log: options.log,
    stopping: new AbortController(),
  };
  const copies = new Copies(options, (notice, shard) => workers.announce(notice, shard));
  const running = await serveHttp({
    service,
    app: createMatcherApp(service),
    host: options.host,
    port: options.port,
    async close() {
      await workers.close();
      await copies.close();
      rmSync(folder, { recursive: true, force: true });
    },
  });
  void copies
    .open()
    .then((opened) => {
      for (const [number, { shard }] of opened) shards.set(number, shard);
      service.library = openShardedEngine([...shards.values()], { kernel, exclusive: (work) => work() });
      if (service.stopping.signal.aborted) return;
      const { workerProgram: program, workers: size, queue } = options;
      const place = mirrorPlace(mirror, numbers);
      workers.start(new ProcessPool({ program, folder: place, size, queue, listeners: 0, seconds: JOB_SECONDS }));
    })
    .catch(options.log);
  return running;
}

const AGAIN_MS = 1_000;

/** The copies of all shards, and this process's view of them. */
class Copies {
  private readonly mirrors: ShardMirror[] = [];
  private readonly followed = new Map<number, FollowedShard>();
  private isClosed = false;

  constructor(
    private readonly options: MatcherOptions,
    private readonly announce: (notice: Notice, shard: number) => void,
  ) {}

  /** Resolves when all are complete. */
  async open(): Promise<Map<number, FollowedShard>> {
    const { shards, log } = this.options;
    for (const shard of shards) this.mirrors.push(await this.mirrorOf(shard));
    await Promise.all(this.mirrors.map(({ ready }) => ready));
    for (const [i, shard] of shards.entries()) {
      const { shelf, seeded } = this.mirrors[i];
      this.followed.set(shard, await openFollowed(shelf, shard));
      log(toldSeed(shard, seeded));
    }
    return this.followed;
  }

  /** Tries again until it can be opened: the disk may be full. */
  private async mirrorOf(shard: number): Promise<ShardMirror> {
    const { library, mirror, log } = this.options;
    for (;;) {
      try {
        return await ShardMirror.open({
          ...{ shard, log },
          place: withShard(library, shard),
          folder: mirrorFolder(mirror, shard),
          changed: (notice) => this.changed(notice, shard),
        });
      } catch (error) {
        if (this.isClosed) throw error;
        log(`The copy of shard ${shard} cannot be opened. ${(error as Error).message} Trying again.`);
        await delay(AGAIN_MS, undefined, { ref: false });
      }
    }
  }

  async close(): Promise<void> {
    this.isClosed = true;
    for (const { shard } of this.followed.values()) await shard.engine.close();
    await Promise.all(this.mirrors.map((mirror) => mirror.close()));
  }

  private changed(notice: Notice, shard: number): void {
    this.followed.get(shard)?.hear(notice);
    this.announce(notice, shard);
  }
}

function toldSeed(shard: number, { bytes, ms }: { bytes: number; ms: number }): string {
  if (ms === 0) return `Shard ${shard} is ready; it was here before.`;
  const megabytes = bytes / 1e6;
  return `Shard ${shard} is ready: ${megabytes.toFixed(1)} MB copied at ${((1000 * megabytes) / ms).toFixed(1)} MB/s.`;
}
