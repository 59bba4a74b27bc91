/** All routes, with metrics, error messages and security headers for each. */
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { describeService } from '../api/describe.ts';
import type { Service } from '../service.ts';
import type { MatcherService } from '../shards/start-matcher.ts';
import { Problem, problemOf } from './problem.ts';
import { bundleRoutes } from './routes/bundle-routes.ts';
import { FRONT_PATHS, frontRoutes } from './routes/front-routes.ts';
import { healthRoutes } from './routes/health-routes.ts';
import { listenRoute } from './routes/listen-route.ts';
import { pageRoutes } from './routes/page-routes.ts';
import { playsRoute } from './routes/plays-route.ts';
import { recognizeRoutes, tracklistRoute } from './routes/recognize-routes.ts';
import { shardRoutes } from './routes/shard-routes.ts';
import { trackRoutes } from './routes/track-routes.ts';

export function createHttpApp(service: Service): Hono {
  const app = basicApp(service);
  app.route('/', pageRoutes());
  app.get('/openapi.json', (c) => c.json(describeService(service.matchers ? FRONT_PATHS : undefined)));
  if (service.matchers) app.route('/v1', frontRoutes(service));
  else {
    app.route('/v1/tracks', trackRoutes(service));
    app.route('/v1/bundle', bundleRoutes(service));
    app.route('/v1/listen', listenRoute(service));
    app.route('/v1/plays', playsRoute(service));
    app.route('/v1/tracklist', tracklistRoute(service));
  }
  app.route('/v1/recognize', recognizeRoutes(service));
  return app;
}

/** A matcher serves fronts only. */
export function createMatcherApp(service: MatcherService): Hono {
  const app = basicApp(service);
  app.route('/v1/shards', shardRoutes(service));
  return app;
}

function basicApp(service: Service): Hono {
  const app = new Hono();
  app.onError((error) => problemOf(error, service.log).response());
  app.notFound(() => Problem.unknown('There is no such address here. /openapi.json lists all of them.').response());

  app.use(async (c, next) => {
    const begun = performance.now();
    await next();
    // Use the pattern of the route as label, so that the number of labels is limited.
    const route = c.req.routePath.includes('*') ? 'none' : c.req.routePath;
    service.metrics.requests.observe(
      { route, method: knownMethod(c.req.method), status: c.res.status },
      (performance.now() - begun) / 1000,
    );
    c.res.headers.set('X-Content-Type-Options', 'nosniff');
    if (!c.res.headers.has('Cache-Control')) c.res.headers.set('Cache-Control', 'no-store');
  });
  if (service.origins.length > 0)
    app.use('/v1/*', cors({ origin: service.origins, exposeHeaders: ['Location', 'Retry-After'], maxAge: 600 }));
  app.route('/', healthRoutes(service));
  return app;
}

const METHODS = ['GET', 'HEAD', 'POST', 'PATCH', 'DELETE', 'OPTIONS'];
const knownMethod = (method: string) => (METHODS.includes(method) ? method : 'other');
