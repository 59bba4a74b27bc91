import { expose, wrap } from 'comlink';
import { expect, test } from 'vitest';
import { type LearnerEngine, portTo } from '../../src/engine/bridge/engine-port.ts';

const engine = {
  known: async (contentId: string) => ({ title: contentId }),
  add: async () => ({ state: 'known' }),
} as unknown as LearnerEngine;

/** What another thread has of a port. */
const behind = (port: MessagePort) => wrap<LearnerEngine>(port);

test('a thread reaches an engine that lives here', async () => {
  const port = await portTo(engine);
  expect(await behind(port).known('abc')).toEqual({ title: 'abc' });
  port.close();
});

test('a thread reaches an engine that lives in a worker past the page, by a port of its own', async () => {
  const { port1, port2 } = new MessageChannel();
  expose(engine, port1);
  const remote = wrap<LearnerEngine>(port2) as unknown as LearnerEngine;
  const port = await portTo(remote);
  port2.close(); // the page's own way is not needed
  expect(await behind(port).known('abc')).toEqual({ title: 'abc' });
  port.close();
});
