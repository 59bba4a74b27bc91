/** Recognises an uploaded stream; answers are server-sent events while the upload continues. */
import { Hono } from 'hono';
import type { ListenEvent } from '../../answers.ts';
import type { Service } from '../../service.ts';
import { needs } from '../access.ts';
import { Problem, problemOf } from '../problem.ts';
import { bareOf, sureOf } from '../query-values.ts';
import { bodyOf } from '../upload.ts';

/** Maximum length of a stream: a day. */
const MOST_SECONDS = 86_400;

export function listenRoute(service: Service): Hono {
  const routes = new Hono();
  routes.use(needs(service, 'read'));

  routes.post('/', (c) => {
    if (service.stopping.signal.aborted) throw Problem.stopping();
    const asked = { bare: bareOf(c), sure: sureOf(c) };
    const encoder = new TextEncoder();
    const stop = new AbortController();
    const signal = AbortSignal.any([stop.signal, c.req.raw.signal, service.stopping.signal]);
    const events = new ReadableStream<Uint8Array>({
      async start(controller) {
        const tell = (event: ListenEvent) => {
          if (!signal.aborted)
            controller.enqueue(encoder.encode(`event: ${event.event}\ndata: ${JSON.stringify(event)}\n\n`));
        };
        try {
          const sound = bodyOf(c, service.limits.idleSeconds, MOST_SECONDS);
          const { seconds } = await service.workers.run('listen', asked, { signal, sound, tell });
          tell({ event: 'end', seconds });
        } catch (error) {
          const { title, detail } = problemOf(error, service.log).body();
          tell({ event: 'problem', title, detail });
        }
        if (!stop.signal.aborted) controller.close();
      },
      cancel: () => stop.abort(),
    });
    return c.body(events, 200, {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
    });
  });
  return routes;
}
