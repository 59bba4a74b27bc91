/** Exports and imports the whole library as a bundle, like the app and the command line. */
import { openAsBlob } from 'node:fs';
import { Hono } from 'hono';
import type { Service } from '../../service.ts';
import { needs } from '../access.ts';
import { flagOf } from '../query-values.ts';
import { withUpload } from '../upload.ts';

const BUNDLE_TYPE = 'application/vnd.entendu.bundle';

export function bundleRoutes(service: Service): Hono {
  const { library, limits } = service;
  const routes = new Hono();
  routes.use(needs(service, 'admin'));

  routes.get('/', (c) => {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const writer = writable.getWriter();
    library
      .exportBundle({ fileNames: flagOf(c, 'fileNames') }, (part) => writer.write(part))
      .then(() => writer.close())
      .catch((error) => writer.abort(error).catch(() => {})); // the caller has gone, or gets an incomplete file
    return c.body(readable, 200, {
      'Content-Type': BUNDLE_TYPE,
      'Content-Disposition': 'attachment; filename="library.entendu"',
    });
  });

  routes.post('/', async (c) => {
    const answer = await withUpload(c, service, limits.recordingBytes, async ({ path }) =>
      library.importBundle(await openAsBlob(path), 'merge', undefined, c.req.raw.signal),
    );
    return c.json(answer);
  });
  return routes;
}
