/** Recognises a clip, the peaks of a clip, or everything in a long recording. */
import { Hono } from 'hono';
import type { Service } from '../../service.ts';
import type { JobTypes } from '../../workers/jobs.ts';
import { needs } from '../access.ts';
import { bareOf, numberOf, sureOf, topOf } from '../query-values.ts';
import { refuseOtherKinds } from '../sound-kinds.ts';
import { withUpload } from '../upload.ts';

/** Default limit for the length of a clip. */
const CLIP_SECONDS = 60;
const MOST_SECONDS = 600;
/** The peaks of a minute take less than this. */
const PEAKS_BYTES = 8 * 2 ** 20;

export function recognizeRoutes(service: Service): Hono {
  const { workers, limits, metrics } = service;
  const routes = new Hono();
  routes.use(needs(service, 'read'));

  routes.post('/', async (c) => {
    const asked = {
      top: topOf(c),
      sure: sureOf(c),
      seconds: numberOf(c, 'seconds', { least: 0.5, most: MOST_SECONDS }) ?? CLIP_SECONDS,
    };
    const bare = bareOf(c);
    const answer = await withUpload(c, service, limits.clipBytes, async ({ path }) => {
      if (!bare) await refuseOtherKinds(path);
      return workers.run('recognize', { ...asked, sound: { path, bare } }, { signal: c.req.raw.signal });
    });
    metrics.recognized(answer);
    return c.json(answer);
  });

  routes.post('/print', async (c) => {
    const asked = { top: topOf(c), sure: sureOf(c) };
    const answer = await withUpload(c, service, PEAKS_BYTES, ({ path }) =>
      workers.run('peaks', { ...asked, path }, { signal: c.req.raw.signal }),
    );
    metrics.recognized(answer);
    return c.json(answer);
  });

  return routes;
}

export function tracklistRoute(service: Service): Hono {
  const { workers, limits } = service;
  const routes = new Hono();
  routes.use(needs(service, 'read'));

  routes.post('/', async (c) => {
    const bare = bareOf(c);
    const sure = sureOf(c);
    const answer: JobTypes['tracklist']['answer'] = await withUpload(
      c,
      service,
      limits.recordingBytes,
      async ({ path }) => {
        if (!bare) await refuseOtherKinds(path);
        return workers.run('tracklist', { sound: { path, bare }, sure }, { signal: c.req.raw.signal });
      },
    );
    return c.json(answer);
  });
  return routes;
}
