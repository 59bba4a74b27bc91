/** What a front offers besides recognition: the titles of tracks by their numbers. */
import { Hono } from 'hono';
import type { Service } from '../../service.ts';
import { needs } from '../access.ts';
import { Problem } from '../problem.ts';
import { trackIdOf } from '../query-values.ts';

/** Paths of the description that a front has. */
export const FRONT_PATHS = [
  '/v1/recognize',
  '/v1/recognize/print',
  '/v1/tracks/{id}',
  '/health/live',
  '/health/ready',
  '/metrics',
];

export function frontRoutes(service: Service): Hono {
  const routes = new Hono();
  routes.get('/tracks/:id', needs(service, 'read'), async (c) => {
    const id = trackIdOf(c);
    const track = await service.library.track(id);
    if (!track) throw Problem.unknown(`There is no track ${id}, or its shard does not answer.`);
    return c.json(track);
  });
  return routes;
}
