/** What a matcher offers to fronts: searches of its shards, round by round. */
import { Hono } from 'hono';
import { shardOf } from '../../../engine/shards/shard-numbers.ts';
import { KERNEL_FORMAT } from '../../../kernel/format.ts';
import type { Near } from '../../../match/shards/findings.ts';
import { parseShards } from '../../../node/postgres/postgres-address.ts';
import { type MatcherStatus, nearRow, PROTOCOL, ROUNDS } from '../../../node/shards/shard-messages.ts';
import type { MatcherService } from '../../shards/start-matcher.ts';
import { needs } from '../access.ts';
import { Problem } from '../problem.ts';
import { choiceOf } from '../query-values.ts';
import { textOf, withUpload } from '../upload.ts';

const CLIP_BYTES = 8 * 2 ** 20;
const MOST_JSON = 2 ** 18;
const MOST_TRACKS = 1000;

export function shardRoutes(service: MatcherService): Hono {
  const routes = new Hono();
  routes.use(needs(service, 'read'));

  const shardsOf = (text: string) => {
    const numbers = parseShards(text);
    const missing = numbers.find((number) => !service.shards.has(number));
    if (missing === undefined) return numbers;
    throw new Problem(
      503,
      `Shard ${missing} is not here, or not ready. GET /v1/shards lists those that are.`,
      'Shard',
      1,
    );
  };

  routes.get('/', async (c) => {
    const shards = [...service.shards.values()].map(async ({ number, engine }) => {
      const { trackCount, seconds } = await engine.status();
      return { number, tracks: trackCount, seconds };
    });
    const isReady = service.workers.load().isReady;
    const answer: MatcherStatus = {
      ...{ protocol: PROTOCOL, kernelFormat: KERNEL_FORMAT },
      shards: isReady ? await Promise.all(shards) : [],
    };
    return c.json(answer);
  });

  routes.post('/find', async (c) => {
    const round = choiceOf(c, 'round', ROUNDS) ?? 'counts';
    const shards = shardsOf(c.req.query('shards') ?? '');
    const answer = await withUpload(c, service, CLIP_BYTES, ({ path }) =>
      service.workers.run('find', { path, round, shards }, { signal: c.req.raw.signal }),
    );
    return c.json(answer);
  });

  routes.post('/near', async (c) => {
    const places = listOf(await textOf(c, MOST_JSON), isNear);
    return c.json(
      await Promise.all(
        places.map(async (place) => nearRow((await service.shards.get(shardOf(place.track))?.near([place]))?.[0])),
      ),
    );
  });

  routes.post('/tracks', async (c) => {
    const ids = listOf(await textOf(c, MOST_JSON), (id): id is number => Number.isSafeInteger(id));
    return c.json(ids.map((id) => service.shards.get(shardOf(id))?.track(id) ?? null));
  });
  return routes;
}

const isNear = (value: unknown): value is Near => {
  const { track, start, frames } = (value ?? {}) as Partial<Near>;
  return Number.isSafeInteger(track) && Number.isFinite(start) && Number.isSafeInteger(frames);
};

function listOf<T>(text: string, isRight: (value: unknown) => value is T): T[] {
  let values: unknown;
  try {
    values = JSON.parse(text);
  } catch {
    // Refused below.
  }
  if (Array.isArray(values) && values.length <= MOST_TRACKS && values.every(isRight)) return values;
  throw new Problem(400, `Send a JSON list of at most ${MOST_TRACKS}, as a front does.`, 'Body');
}
