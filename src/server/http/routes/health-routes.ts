/** Health and metrics, for operators. */
import { Hono } from 'hono';
import type { Service } from '../../service.ts';
import { needs } from '../access.ts';
import { Problem } from '../problem.ts';

export function healthRoutes(service: Service): Hono {
  const routes = new Hono();
  routes.get('/health/live', (c) => c.json({ status: 'live' }));

  routes.get('/health/ready', async (c) => {
    if (service.stopping.signal.aborted) throw Problem.stopping();
    if (!service.workers.load().isReady)
      throw new Problem(503, 'The library is being opened. Try again in a few seconds.', 'Opening', 5);
    refuseWithout(service.matchers);
    const { trackCount } = await service.library.status();
    return c.json({ status: 'ready', tracks: trackCount });
  });

  routes.get('/metrics', needs(service, 'read'), async (c) => {
    const { registry } = service.metrics;
    return c.body(await registry.metrics(), 200, { 'Content-Type': registry.contentType });
  });
  return routes;
}

/** A front is ready while any shard answers; what is missing is told with each answer, and in the metrics. */
function refuseWithout(matchers: Service['matchers']): void {
  if (!matchers || matchers.all.some(({ isUp, status }) => isUp && (status?.shards.length ?? 0) > 0)) return;
  throw new Problem(503, `No matcher is ready. ${matchers.troubles().join(' ')}`.trim(), 'Matchers', 5);
}
